import { Tabs, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { CodeBlock } from '../../components/CodeBlock';
import { snippet, snippetKinds } from './snippets';

/** Programs ready to paste, with the key in them where it is known. */
export function Snippets({ writeKey }: { writeKey: string }) {
  const { t } = useTranslation('intake');
  return (
    <div>
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
      <Text fz="xs" c="dimmed" mt={6}>
        {t('snippet.groupHelp')}
      </Text>
    </div>
  );
}
