import { Spotlight, createSpotlight } from '@mantine/spotlight';
import { useDebouncedValue } from '@mantine/hooks';
import { IconBuilding, IconKeyboard, IconMoon, IconSearch, IconSettings, IconUser } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState, type ComponentType } from 'react';
import { useTranslation } from 'react-i18next';
import { findEverything, type SearchHit } from '../../api/search';
import { useComputedColorScheme } from '@mantine/core';
import { usePreferences } from '../../features/identity/preferences';
import { useShortcut } from '../../lib/shortcuts';
import { useViewer } from '../../lib/viewer';
import { navigation, settingsPages } from '../navigation';
import { openShortcuts } from './ShortcutsOverlay';

const [store, spotlight] = createSpotlight();

export function openPalette() {
  spotlight.open();
}

interface Command {
  id: string;
  label: string;
  keywords: string;
  icon: ComponentType<{ size?: number; stroke?: number }>;
  run: () => void;
}

/** Hiragana and katakana are the same to somebody who searches, and so are full-width and half-width letters. */
export function searchable(text: string): string {
  const folded = text.normalize('NFKC').toLowerCase();
  return folded.replace(/[\u30a1-\u30f6]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) - 0x60));
}

export function matchesQuery(query: string, ...texts: string[]): boolean {
  const words = searchable(query).split(/\s+/).filter(Boolean);
  const text = searchable(texts.join(' '));
  return words.every((word) => text.includes(word));
}

/** Enter takes the first entry; the palette itself loses it when the entries are replaced under it. */
function selectFirst() {
  const { listId } = store.getState();
  const list = listId ? document.getElementById(listId) : null;
  const [first, ...others] = list?.querySelectorAll('[data-action]') ?? [];
  others.forEach((entry) => entry.removeAttribute('data-selected'));
  first?.setAttribute('data-selected', 'true');
  store.updateState((state) => ({ ...state, selected: first ? 0 : -1 }));
}

/** Ctrl/Cmd-K: accounts, people, pages and actions by their names in either language. */
export function CommandPalette() {
  const { t } = useTranslation('app');
  const [query, setQuery] = useState('');
  const [debounced] = useDebouncedValue(query.trim(), 120);
  const commands = useCommands();
  const navigate = useNavigate();
  useShortcut({ key: 'mod+k', label: t('palette.title'), group: t('keys.everywhere') }, () => spotlight.toggle());

  const { data: hits = [], isFetching } = useQuery({
    queryKey: ['search', debounced],
    queryFn: ({ signal }) => findEverything(debounced, signal),
    enabled: debounced.length > 0,
    placeholderData: keepPreviousData,
  });
  const found = commands.filter(({ label, keywords }) => matchesQuery(query, label, keywords));
  const shownHits = query.trim() === '' ? [] : hits;
  const openHit = (hit: SearchHit) =>
    void navigate({ to: '/accounts/$accountId', params: { accountId: String(hit.account_id) } });

  const entries = [...shownHits.map(({ kind, id }) => kind + id), ...found.map(({ id }) => id)].join(' ');
  useEffect(selectFirst, [entries]);

  return (
    <Spotlight.Root
      store={store}
      shortcut={null}
      query={query}
      onQueryChange={setQuery}
      clearQueryOnClose
      scrollable
      centered={false}
      overlayProps={{ blur: 0, backgroundOpacity: 0.35 }}
      maxHeight={420}
      size={600}
      // There at once and with the focus: whoever types on right after the key loses no letter to a fade.
      transitionProps={{ duration: 0 }}
    >
      <Spotlight.Search
        autoFocus
        placeholder={t('palette.placeholder')}
        aria-label={t('palette.title')}
        leftSection={<IconSearch size={18} stroke={1.6} />}
      />
      <Spotlight.ActionsList>
        {shownHits.length > 0 && (
          <Spotlight.ActionsGroup label={t('palette.customers')}>
            {shownHits.map((hit) => {
              const Icon = hit.kind === 'contact' ? IconUser : IconBuilding;
              return (
                <Spotlight.Action
                  key={hit.kind + hit.id}
                  label={hit.title}
                  description={hit.subtitle ?? undefined}
                  leftSection={<Icon size={18} stroke={1.6} />}
                  onClick={() => openHit(hit)}
                />
              );
            })}
          </Spotlight.ActionsGroup>
        )}
        {found.length > 0 && (
          <Spotlight.ActionsGroup label={t('palette.pagesAndActions')}>
            {found.map(({ id, label, icon: Icon, run }) => (
              <Spotlight.Action key={id} label={label} leftSection={<Icon size={18} stroke={1.6} />} onClick={run} />
            ))}
          </Spotlight.ActionsGroup>
        )}
        {found.length === 0 && shownHits.length === 0 && (
          <Spotlight.Empty>{t(isFetching ? 'palette.searching' : 'palette.nothing', { query })}</Spotlight.Empty>
        )}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}

function useCommands(): Command[] {
  const { t, i18n } = useTranslation('app');
  const navigate = useNavigate();
  const { role } = useViewer();
  const { saveLanguage, saveTheme } = usePreferences();
  const isDark = useComputedColorScheme('light') === 'dark';
  const other = i18n.language === 'ja' ? 'en' : 'ja';
  const go = (to: (typeof navigation)[number]['to'] | (typeof settingsPages)[number]['to']) => () =>
    void navigate({ to });
  return [
    ...navigation
      .filter(({ roles }) => roles.includes(role))
      .map(({ to, label, icon, keywords }) => ({ id: to, label: t(label), keywords, icon, run: go(to) })),
    ...settingsPages
      .filter(({ adminOnly }) => !adminOnly || role === 'admin')
      .map(({ to, label, keywords }) => ({
        id: to,
        label: `${t('nav.settings')} › ${t(label)}`,
        keywords,
        icon: IconSettings,
        run: go(to),
      })),
    {
      id: 'language',
      label: t('palette.switchLanguage'),
      keywords: 'language english japanese 言語 げんご gengo 日本語 英語',
      icon: IconSettings,
      run: () => saveLanguage(other),
    },
    {
      id: 'theme',
      label: t(isDark ? 'palette.lightTheme' : 'palette.darkTheme'),
      keywords: 'theme dark light テーマ ダーク ライト',
      icon: IconMoon,
      run: () => saveTheme(isDark ? 'light' : 'dark'),
    },
    {
      id: 'keys',
      label: t('keys.title'),
      keywords: 'keyboard shortcuts キーボード ショートカット',
      icon: IconKeyboard,
      run: openShortcuts,
    },
  ];
}
