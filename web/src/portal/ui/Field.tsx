import { useId, type InputHTMLAttributes, type ReactNode, type TextareaHTMLAttributes } from 'react';
import classes from './Ui.module.css';

interface FrameProps {
  label: string;
  help?: ReactNode;
  error?: string;
}

function Frame({ id, label, help, error, children }: FrameProps & { id: string; children: ReactNode }) {
  return (
    <div className={classes.field}>
      <label htmlFor={id}>{label}</label>
      {help && (
        <span id={`${id}-help`} className={classes.quiet}>
          {help}
        </span>
      )}
      {children}
      {error && (
        <span id={`${id}-error`} className={classes.error} role="alert">
          {error}
        </span>
      )}
    </div>
  );
}

const described = (id: string, { help, error }: Pick<FrameProps, 'help' | 'error'>) => ({
  id,
  'aria-invalid': error ? true : undefined,
  'aria-describedby': [help && `${id}-help`, error && `${id}-error`].filter(Boolean).join(' ') || undefined,
});

export function TextField({ label, help, error, ...input }: FrameProps & InputHTMLAttributes<HTMLInputElement>) {
  const id = useId();
  return (
    <Frame id={id} label={label} help={help} error={error}>
      <input {...described(id, { help, error })} {...input} />
    </Frame>
  );
}

export function TextArea({ label, help, error, ...input }: FrameProps & TextareaHTMLAttributes<HTMLTextAreaElement>) {
  const id = useId();
  return (
    <Frame id={id} label={label} help={help} error={error}>
      <textarea {...described(id, { help, error })} {...input} />
    </Frame>
  );
}
