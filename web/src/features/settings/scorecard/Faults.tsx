import { Text } from '@mantine/core';
import { IconAlertCircle } from '@tabler/icons-react';
import classes from './Scorecard.module.css';
import { useFaultsAt } from './editing';

/** The server's sentences about one place, shown at that place. */
export function Faults({ path, ownOnly }: { path: string; ownOnly?: boolean }) {
  const faults = useFaultsAt(path, ownOnly);
  return faults.map((message) => (
    <Text key={message} fz="sm" className={classes.fault} component="div">
      <IconAlertCircle size={15} aria-hidden />
      <span>{message}</span>
    </Text>
  ));
}
