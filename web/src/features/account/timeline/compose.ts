const titleLength = 80;

/** The title that was given, else the first line of the text. */
export function titleFrom(title: string, body: string): string {
  const given = title.trim();
  if (given !== '') return given;
  const [firstLine = ''] = body.trim().split('\n');
  return firstLine.length > titleLength ? `${firstLine.slice(0, titleLength - 1)}…` : firstLine;
}
