export type CsvCell = string | number | null | undefined;

function quoted(cell: CsvCell): string {
  if (cell === null || cell === undefined) return '';
  // A text that a spreadsheet would run as a formula is kept a text.
  const text = typeof cell === 'string' && /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : String(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** UTF-8 with the mark by which Excel, the Japanese one too, recognises it. */
export function toCsv(rows: readonly (readonly CsvCell[])[]): string {
  return '\ufeff' + rows.map((row) => row.map(quoted).join(',')).join('\r\n') + '\r\n';
}

/** Hands a file to the person. */
export function download(content: Blob, fileName: string) {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  URL.revokeObjectURL(url);
}
