import { useEffect, type RefObject } from 'react';

const schemeAttribute = 'data-mantine-color-scheme';

/** A4 upright within margins of 10 mm, at 96 dots an inch; a little less high, so that no rounding makes a second page. */
const paper_px = { width: 718, height: 1040 };
/** Widths at which the sheet is laid out before it is made as small as the paper: the wider, the lower it becomes. */
const widths_px = [860, 900, 940, 990, 1050, 1120, 1200];

/**
 * Brings a sheet into the form in which it is printed: light, and as wide as its paper. It has to happen before the
 * charts hear of the print, because they measure what they are drawn on.
 */
export function usePrintSheet(sheet: RefObject<HTMLElement | null>) {
  useEffect(() => {
    const html = document.documentElement;
    let scheme: string | null = null;
    const before = () => {
      scheme = html.getAttribute(schemeAttribute);
      html.setAttribute(schemeAttribute, 'light');
      if (sheet.current) fitToPaper(sheet.current);
    };
    const after = () => {
      if (scheme !== null) html.setAttribute(schemeAttribute, scheme);
      sheet.current?.removeAttribute('data-printing');
      sheet.current?.removeAttribute('style');
    };
    // Captured: before the listeners of the charts, in whatever order they came.
    window.addEventListener('beforeprint', before, { capture: true });
    window.addEventListener('afterprint', after, { capture: true });
    return () => {
      window.removeEventListener('beforeprint', before, { capture: true });
      window.removeEventListener('afterprint', after, { capture: true });
    };
  }, [sheet]);
}

/** The largest type with which everything is on one sheet. */
function fitToPaper(sheet: HTMLElement) {
  sheet.setAttribute('data-printing', '');
  for (const width of widths_px) {
    const zoom = paper_px.width / width;
    sheet.style.width = `${width}px`;
    sheet.style.zoom = '1';
    const isLow = sheet.scrollHeight * zoom <= paper_px.height;
    sheet.style.zoom = String(zoom);
    if (isLow) return;
  }
}
