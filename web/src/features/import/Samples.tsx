import { Anchor, Button, Group, Popover, SimpleGrid, Stack, Text } from '@mantine/core';
import { IconFileSpreadsheet, IconHelpCircle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { download } from '../../components/chart/csv';
import { useLanguage } from '../../lib/viewer';
import { importKinds, type ImportKind } from './imports';
import { sampleCsv } from './samples';

/** A short help: what goes in which order, and a small file to start from for each kind. */
export function Samples() {
  const { t } = useTranslation('import');
  return (
    <Popover width={360} position="bottom-end" withinPortal trapFocus>
      <Popover.Target>
        <Button variant="default" leftSection={<IconHelpCircle size={16} />}>
          {t('samples.open')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <SampleList />
      </Popover.Dropdown>
    </Popover>
  );
}

export function SampleList({ wide = false }: { wide?: boolean }) {
  const { t } = useTranslation('import');
  const language = useLanguage();
  const save = (kind: ImportKind) =>
    download(new Blob([sampleCsv(kind, language)], { type: 'text/csv;charset=utf-8' }), `banso-${kind}.csv`);
  return (
    <Stack gap={8}>
      <Text fz="sm">{t('samples.help')}</Text>
      <SimpleGrid cols={wide ? { base: 2, sm: 4 } : 2} spacing={4} verticalSpacing={2}>
        {importKinds.map((kind) => (
          <Anchor key={kind} component="button" type="button" fz="sm" ta="left" onClick={() => save(kind)}>
            <Group gap={6} wrap="nowrap">
              <IconFileSpreadsheet size={15} stroke={1.6} aria-hidden />
              {t(`kind.${kind}`)}
            </Group>
          </Anchor>
        ))}
      </SimpleGrid>
    </Stack>
  );
}
