import { Button, Stack, Text } from '@mantine/core';
import { IconFileUpload } from '@tabler/icons-react';
import { useRef, useState, type DragEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { formatBytes } from '../lib/format/bytes';
import classes from './FileDrop.module.css';

interface FileDropProps {
  /** Endings with their dot: ['.csv', '.tsv']. */
  accept: readonly string[];
  maxBytes: number;
  onFile: (file: File) => void;
  /** The file that is already chosen. */
  chosen?: File;
  disabled?: boolean;
}

/** Takes one file by button or by drop, and says at once where it cannot be used. */
export function FileDrop({ accept, maxBytes, onFile, chosen, disabled = false }: FileDropProps) {
  const { t } = useTranslation('common');
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);

  const take = (file: File | undefined) => {
    if (!file || disabled) return;
    const fault = refusalOf(file);
    setRefusal(fault);
    if (!fault) onFile(file);
  };
  const refusalOf = (file: File): string | null => {
    const known = accept.some((ending) => file.name.toLowerCase().endsWith(ending));
    if (!known) return t('file.wrongKind', { kinds: accept.join(', ') });
    return file.size > maxBytes
      ? t('file.tooLarge', { size: formatBytes(file.size), max: formatBytes(maxBytes) })
      : null;
  };
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    take(event.dataTransfer.files[0]);
  };
  return (
    <div
      className={classes.drop}
      data-over={over || undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={onDrop}
    >
      <Stack align="center" gap={8}>
        <IconFileUpload size={28} stroke={1.3} aria-hidden />
        <Text fz="sm" c="dimmed">
          {t('file.drop')}
        </Text>
        <Button variant="default" disabled={disabled} onClick={() => input.current?.click()}>
          {t('file.choose')}
        </Button>
        <input
          ref={input}
          type="file"
          hidden
          aria-label={t('file.choose')}
          accept={accept.join(',')}
          onChange={(event) => {
            take(event.currentTarget.files?.[0]);
            // The same file, mended, can be chosen again.
            event.currentTarget.value = '';
          }}
        />
        <Text fz="xs" c="dimmed" ta="center">
          {accept.join(' · ')} · {formatBytes(maxBytes)}
        </Text>
        {chosen && !refusal && (
          <Text fz="sm">{t('file.chosen', { name: chosen.name, size: formatBytes(chosen.size) })}</Text>
        )}
        {refusal && (
          <Text fz="sm" c="var(--level-critical)" role="alert">
            {refusal}
          </Text>
        )}
      </Stack>
    </div>
  );
}
