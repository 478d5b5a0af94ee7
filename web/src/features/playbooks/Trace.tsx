import { Text } from '@mantine/core';
import { useMemo } from 'react';
import type { TwoLanguages } from '../../lib/language';
import { useFormat, useLanguage } from '../../lib/viewer';
import type { TraceLine } from './types';
import classes from './editor/Editor.module.css';

interface TraceProps {
  lines: readonly TraceLine[];
  steps: readonly { key: string; name: TwoLanguages }[];
}

/** Every decision with its reason, oldest first. */
export function Trace({ lines, steps }: TraceProps) {
  const language = useLanguage();
  const format = useFormat();
  const names = useMemo(() => new Map(steps.map(({ key, name }) => [key, name])), [steps]);
  return (
    <ol className={classes.trace}>
      {lines.map((line, index) => (
        <li key={index}>
          <time dateTime={line.at} title={format.instantExact(line.at)}>
            {format.instant(line.at)}
          </time>
          <span>
            {line.step !== null && (
              <Text span fz="xs" c="dimmed" display="block">
                {names.get(line.step)?.[language] ?? line.step}
              </Text>
            )}
            {line.words[language]}
          </span>
        </li>
      ))}
    </ol>
  );
}
