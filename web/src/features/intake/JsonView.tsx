import classes from './Intake.module.css';
import { isAtFault, jsonLines } from './json-lines';

interface JsonViewProps {
  value: unknown;
  label: string;
  /** The path to mark: "properties.rows". */
  fault?: string;
}

/** A document line by line; text that is none is shown as it came. */
export function JsonView({ value, label, fault = '' }: JsonViewProps) {
  const lines = typeof value === 'string' ? value.split('\n').map((text) => ({ text, path: '' })) : jsonLines(value);
  return (
    <pre className={classes.json} tabIndex={0} aria-label={label} role="group">
      {lines.map(({ text, path }, index) => (
        <span key={index} data-fault={isAtFault(path, fault) || undefined}>
          {text || ' '}
        </span>
      ))}
    </pre>
  );
}
