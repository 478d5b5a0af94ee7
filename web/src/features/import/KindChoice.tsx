import { Badge, Group, Radio, SimpleGrid, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from './Import.module.css';
import { importKinds, type ImportKind } from './imports';

interface KindChoiceProps {
  value: ImportKind;
  guess?: ImportKind;
  fileName: string;
  onChange: (kind: ImportKind) => void;
}

/** What one row of the file is. */
export function KindChoice({ value, guess, fileName, onChange }: KindChoiceProps) {
  const { t } = useTranslation('import');
  return (
    <Radio.Group
      value={value}
      onChange={(next) => onChange(next as ImportKind)}
      label={t('new.kindQuestion', { file: fileName })}
    >
      <SimpleGrid cols={{ base: 1, sm: 2, lg: 4 }} spacing={8} verticalSpacing={8} mt={8}>
        {importKinds.map((kind) => (
          <Radio.Card key={kind} value={kind} className={classes.kind} aria-label={t(`kind.${kind}`)}>
            <Radio.Indicator size="xs" mt={2} />
            <div className={classes.kindText}>
              <Group gap={8} justify="space-between" wrap="nowrap">
                <Text fz="md" fw={600}>
                  {t(`kind.${kind}`)}
                </Text>
                {kind === guess && <Badge>{t('new.guessed')}</Badge>}
              </Group>
              <Text fz="sm" c="dimmed">
                {t(`kindHelp.${kind}`)}
              </Text>
            </div>
          </Radio.Card>
        ))}
      </SimpleGrid>
    </Radio.Group>
  );
}
