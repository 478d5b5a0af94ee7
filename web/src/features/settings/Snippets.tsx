import { Button, CopyButton, Tabs } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from './Settings.module.css';
import { snippet, snippetKinds } from './snippets';

/** Calls ready to paste, with the key in them where it is known. */
export function Snippets({ writeKey }: { writeKey: string }) {
  const { t } = useTranslation('settings');
  return (
    <Tabs defaultValue="curl" keepMounted={false}>
      <Tabs.List>
        {snippetKinds.map((kind) => (
          <Tabs.Tab key={kind} value={kind}>
            {t(`snippet.${kind}`)}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {snippetKinds.map((kind) => (
        <Tabs.Panel key={kind} value={kind} pt={8}>
          <CodeBlock text={snippet(kind, location.origin, writeKey)} label={t(`snippet.${kind}`)} />
        </Tabs.Panel>
      ))}
    </Tabs>
  );
}

function CodeBlock({ text, label }: { text: string; label: string }) {
  const { t } = useTranslation('settings');
  return (
    <div className={classes.code}>
      <pre tabIndex={0} aria-label={label}>
        {text}
      </pre>
      <div className={classes.copy}>
        <CopyButton value={text}>
          {({ copied, copy }) => (
            <Button size="compact-xs" variant="default" onClick={copy}>
              {t(copied ? 'source.copied' : 'source.copy')}
            </Button>
          )}
        </CopyButton>
      </div>
    </div>
  );
}
