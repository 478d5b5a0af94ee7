import { Button, CopyButton } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import classes from './CodeBlock.module.css';

interface CodeBlockProps {
  text: string;
  /** What it is, for screen readers. */
  label: string;
}

/** Text to copy: a program, a command, a document. */
export function CodeBlock({ text, label }: CodeBlockProps) {
  return (
    <div className={classes.code}>
      <pre tabIndex={0} aria-label={label} role="group">
        {text}
      </pre>
      <div className={classes.copy}>
        <CopyText text={text} />
      </div>
    </div>
  );
}

export function CopyText({ text }: { text: string }) {
  const { t } = useTranslation('common');
  return (
    <CopyButton value={text}>
      {({ copied, copy }) => (
        <Button
          size="compact-xs"
          variant="default"
          leftSection={copied ? <IconCheck size={13} /> : <IconCopy size={13} />}
          onClick={copy}
        >
          {t(copied ? 'copied' : 'copy')}
        </Button>
      )}
    </CopyButton>
  );
}
