/** One line of a tooltip: what it is, and the figure set off behind it. */
export interface TooltipLine {
  name: string;
  value?: string;
  color?: string;
}

/** A tooltip as an element rather than as HTML text: names are people's own words and are never run. */
export function tooltipLines(lines: readonly TooltipLine[]): HTMLElement {
  const box = document.createElement('div');
  for (const { name, value, color } of lines) {
    const line = document.createElement('div');
    line.style.cssText = 'display:flex;align-items:baseline;gap:8px;max-width:340px;white-space:normal';
    if (color) line.append(swatch(color));
    line.append(word('span', name));
    if (value !== undefined) line.append(figure(value));
    box.append(line);
  }
  return box;
}

function word(tag: 'span' | 'b', text: string): HTMLElement {
  const element = document.createElement(tag);
  element.textContent = text;
  return element;
}

function figure(text: string): HTMLElement {
  const element = word('b', text);
  element.style.cssText = 'margin-left:auto;white-space:nowrap;font-variant-numeric:tabular-nums';
  return element;
}

function swatch(color: string): HTMLElement {
  const element = document.createElement('i');
  element.style.cssText = 'width:10px;height:3px;flex:none;align-self:center';
  element.style.background = color;
  return element;
}
