import classes from './Intake.module.css';
import { isAtFault, jsonLines, type JsonLine } from './json-lines';

interface JsonViewProps {
  value: unknown;
  label: string;
  /** The path to mark: "properties.rows". */
  fault?: string;
  /** What stands in its place where the document does not have it. */
  absent?: string;
}

/** A document line by line; text that is none is shown as it came. */
export function JsonView({ value, label, fault = '', absent }: JsonViewProps) {
  const isText = typeof value === 'string';
  const lines: JsonLine[] = isText ? value.split('\n').map((text) => ({ text, path: '' })) : jsonLines(value);
  const isThere = lines.some(({ path }) => isAtFault(path, fault));
  const gap = !isText && !isThere && fault !== '' && absent ? `  ${fault}  ← ${absent}` : null;
  return (
    <pre className={classes.json} tabIndex={0} aria-label={label} role="group">
      {lines.map(({ text, path }, index) => (
        <span key={index}>
          {gap && lines.length > 1 && index === lines.length - 1 && <span data-fault>{gap}</span>}
          <span data-fault={isAtFault(path, fault) || undefined}>{text || ' '}</span>
        </span>
      ))}
    </pre>
  );
}
