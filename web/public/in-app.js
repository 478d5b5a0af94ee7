// Banso's messages inside your product. Embed it on your pages and give it a token of the user, which your server gets
// from Banso:
//
//   <script src="https://banso.example.com/in-app.js" defer></script>
//   <script>
//     addEventListener('DOMContentLoaded', () => Banso.start({ token: () => fetch('/banso-token').then((r) => r.text()) }));
//   </script>
//
// `token` is the token or a function that fetches one; it is asked again when the token is no longer good. Everything is
// drawn inside of a shadow root, so that neither page nor message disturbs the other's look. Nothing is loaded from
// anywhere else.
(() => {
  'use strict';
  const here = new URL(document.currentScript.src);
  const look_every_ms = 5 * 60 * 1000;
  const style = `
    :host { all: initial; }
    section { font: 14px/1.6 system-ui, 'Hiragino Sans', 'Noto Sans JP', sans-serif; color: #1b1f24; background: #fff;
      border: 1px solid #d5d9df; border-radius: 8px; box-shadow: 0 4px 18px rgb(0 0 0 / 14%); padding: 16px;
      box-sizing: border-box; position: fixed; z-index: 2147483000; width: min(360px, calc(100vw - 32px)); }
    section.banner { top: 16px; left: 50%; transform: translateX(-50%); width: min(640px, calc(100vw - 32px)); }
    section.checklist { right: 16px; bottom: 16px; }
    section.dialog { top: 50%; left: 50%; transform: translate(-50%, -50%); }
    .shade { position: fixed; inset: 0; background: rgb(0 0 0 / 40%); z-index: 2147482999; }
    h2 { font-size: 15px; margin: 0 28px 4px 0; }
    p { margin: 0 0 8px; white-space: pre-line; }
    ul { list-style: none; margin: 0; padding: 0; }
    li { display: flex; gap: 8px; align-items: baseline; padding: 3px 0; }
    label.done, .done { color: #5b6470; text-decoration: line-through; }
    a { color: #2f4fa8; }
    a.button { display: inline-block; background: #2f4fa8; color: #fff; text-decoration: none; border-radius: 6px; padding: 5px 12px; }
    button.close { all: unset; cursor: pointer; position: absolute; top: 10px; right: 12px; padding: 2px 6px; font-size: 16px; line-height: 1; }
    button.close:focus-visible, a:focus-visible, input:focus-visible { outline: 2px solid #2f4fa8; outline-offset: 2px; }
    progress { width: 100%; height: 6px; margin: 2px 0 8px; accent-color: #2f4fa8; }
    @media (prefers-color-scheme: dark) {
      section { color: #e8eaee; background: #22262c; border-color: #3b424c; }
      a { color: #9db4f5; }
    }
    @media (prefers-reduced-motion: no-preference) { section { animation: appear 160ms ease-out; } }
    @keyframes appear { from { opacity: 0; } }
  `;
  let options;
  let token;
  let host;
  let root;
  const seen = new Set();

  const japanese = () => (document.documentElement.lang || navigator.language || '').startsWith('ja');
  const closeLabel = () => (japanese() ? '閉じる' : 'Close');

  async function currentToken(isStale) {
    if (!token || isStale) token = typeof options.token === 'function' ? await options.token() : options.token;
    return token;
  }

  async function call(method, path, body, isSecondTry = false) {
    const response = await fetch(new URL(`/in-app/v1${path}`, options.host ?? here), {
      method,
      headers: {
        authorization: `Bearer ${await currentToken(isSecondTry)}`,
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    if (response.status === 401 && !isSecondTry && typeof options.token === 'function') {
      return call(method, path, body, true);
    }
    if (!response.ok) throw new Error(`Banso answered ${response.status}`);
    return response.status === 204 ? undefined : response.json();
  }

  // The product goes on where we fail: a message is never worth an error on the page.
  const note = (key, body) => call('POST', `/messages/${encodeURIComponent(key)}`, body).catch(() => undefined);

  function element(name, properties = {}, children = []) {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  }

  function linkTo(url, label, className, key) {
    const outside = url.startsWith('https://');
    return element('a', {
      href: url,
      textContent: label,
      className,
      ...(outside && { target: '_blank', rel: 'noopener' }),
      onclick: () => void note(key, { event: 'clicked' }),
    });
  }

  function checklist(message) {
    const done = message.items.filter((item) => item.done).length;
    const bar = element('progress', { max: message.items.length, value: done });
    bar.setAttribute('aria-label', `${done} / ${message.items.length}`);
    const items = message.items.map((item) => {
      const id = `${message.key}-${item.key}`;
      const box = element('input', { type: 'checkbox', id, checked: item.done, disabled: item.by_itself });
      box.onchange = async () => {
        await note(message.key, { event: box.checked ? 'item_done' : 'item_undone', item: item.key });
        void look();
      };
      const words = element('label', { htmlFor: id, className: item.done ? 'done' : '', textContent: item.url ? '' : item.label });
      if (item.url) words.append(linkTo(item.url, item.label, '', message.key));
      return element('li', {}, [box, words]);
    });
    return [bar, element('ul', {}, items)];
  }

  function dismiss(message) {
    void note(message.key, { event: 'dismissed' });
    draw([]);
  }

  function box(message) {
    const close = element('button', { type: 'button', className: 'close', textContent: '×', onclick: () => dismiss(message) });
    close.setAttribute('aria-label', closeLabel());
    const section = element('section', { className: message.form }, [
      element('h2', { textContent: message.title }),
      ...(message.text ? [element('p', { textContent: message.text })] : []),
      ...(message.form === 'checklist' ? checklist(message) : []),
      ...(message.link ? [linkTo(message.link.url, message.link.label, 'button', message.key)] : []),
      close,
    ]);
    section.setAttribute('role', message.form === 'dialog' ? 'dialog' : 'region');
    section.setAttribute('aria-label', message.title);
    if (message.form === 'dialog') section.setAttribute('aria-modal', 'true');
    section.addEventListener('keydown', (event) => event.key === 'Escape' && dismiss(message));
    return section;
  }

  // One at a time; the rest waits for the next look.
  function draw(messages) {
    if (!host) {
      host = element('div');
      root = host.attachShadow({ mode: 'open' });
      document.body.append(host);
    }
    const [message] = messages;
    const parts = [element('style', { textContent: style })];
    if (message?.form === 'dialog') parts.push(element('div', { className: 'shade' }));
    if (message) parts.push(box(message));
    root.replaceChildren(...parts);
    if (message?.form === 'dialog') root.querySelector('button.close').focus();
    if (message && !seen.has(message.key)) {
      seen.add(message.key);
      void note(message.key, { event: 'seen' });
    }
  }

  async function look() {
    try {
      const { messages } = await call('GET', '/messages');
      draw(messages);
    } catch {
      // The next look may succeed.
    }
  }

  globalThis.Banso = {
    start(given) {
      options = given;
      void look();
      setInterval(() => document.visibilityState === 'visible' && void look(), look_every_ms);
    },
    look,
  };
})();
