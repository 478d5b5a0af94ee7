import { useEffect, type RefObject } from 'react';

const schemeAttribute = 'data-mantine-color-scheme';

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
      sheet.current?.setAttribute('data-printing', '');
    };
    const after = () => {
      if (scheme !== null) html.setAttribute(schemeAttribute, scheme);
      sheet.current?.removeAttribute('data-printing');
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
