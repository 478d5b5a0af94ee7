import { useId, useState, type KeyboardEvent, type ReactNode } from 'react';
import classes from './Chart.module.css';

interface ChartChoicesProps {
  label: string;
  /** What can be picked, each with its figure, in the order of the drawing. */
  names: readonly string[];
  onPick: (index: number) => void;
  /** Where the keyboard stands, for the drawing to show it. */
  onActive: (index: number | null) => void;
  children: ReactNode;
}

/** Lets the keyboard walk over what a mouse would click: arrows move, Enter or space picks. */
export function ChartChoices({ label, names, onPick, onActive, children }: ChartChoicesProps) {
  const id = useId();
  const [active, setActive] = useState<number | null>(null);
  const at = active === null ? null : Math.min(active, names.length - 1);
  const stand = (index: number | null) => {
    setActive(index);
    onActive(index);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const next = nextChoice(event.key, at, names.length);
    if (next !== undefined) stand(next);
    else if ((event.key === 'Enter' || event.key === ' ') && at !== null) onPick(at);
    else return;
    event.preventDefault();
  };
  return (
    <div
      role="listbox"
      tabIndex={0}
      aria-label={label}
      aria-activedescendant={at === null ? undefined : `${id}-${at}`}
      className={classes.choices}
      onKeyDown={onKeyDown}
      onFocus={() => stand(at ?? 0)}
      onBlur={() => onActive(null)}
    >
      {names.map((name, index) => (
        <span key={index} id={`${id}-${index}`} role="option" aria-selected={index === at} className="visually-hidden">
          {name}
        </span>
      ))}
      <div aria-hidden>{children}</div>
    </div>
  );
}

/** Undefined where the key is not one that moves. */
export function nextChoice(key: string, at: number | null, count: number): number | undefined {
  const last = count - 1;
  const from = at ?? -1;
  switch (key) {
    case 'ArrowRight':
    case 'ArrowDown':
      return Math.min(from + 1, last);
    case 'ArrowLeft':
    case 'ArrowUp':
      return Math.max(from - 1, 0);
    case 'Home':
      return 0;
    case 'End':
      return last;
    default:
      return undefined;
  }
}
