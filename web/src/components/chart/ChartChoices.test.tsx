import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import { ChartChoices } from './ChartChoices';

it('walks over what can be picked, and picks by Enter and by space', async () => {
  const onPick = vi.fn();
  const onActive = vi.fn();
  render(
    <ChartChoices label="ARR" names={['期首 100', '新規 +30', '期末 130']} onPick={onPick} onActive={onActive}>
      …
    </ChartChoices>,
  );
  const user = userEvent.setup();
  await user.tab();
  expect(screen.getByRole('listbox', { name: 'ARR' })).toHaveFocus();
  expect(screen.getByRole('option', { name: '期首 100' })).toHaveAttribute('aria-selected', 'true');
  await user.keyboard('{ArrowRight}{Enter}');
  expect(onPick).toHaveBeenLastCalledWith(1);
  await user.keyboard('{End}{ArrowRight} ');
  expect(onPick).toHaveBeenLastCalledWith(2);
  expect(onActive).toHaveBeenLastCalledWith(2);
  await user.tab();
  expect(onActive).toHaveBeenLastCalledWith(null);
});
