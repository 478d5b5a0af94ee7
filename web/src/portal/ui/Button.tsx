import type { ButtonHTMLAttributes } from 'react';
import { useIsViewed } from '../who';
import classes from './Ui.module.css';

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  look?: 'strong' | 'plain' | 'quiet';
  isBusy?: boolean;
  /** Changes something: not offered to one of us who looks as the customer would. */
  isDeed?: boolean;
}

export function Button({ look = 'plain', isBusy = false, isDeed = false, disabled, ...rest }: ButtonProps) {
  const isViewed = useIsViewed();
  return (
    <button
      type="button"
      className={classes.button}
      data-strong={look === 'strong' || undefined}
      data-quiet={look === 'quiet' || undefined}
      aria-busy={isBusy || undefined}
      disabled={disabled || isBusy || (isDeed && isViewed)}
      {...rest}
    />
  );
}
