import { Alert, Button, Group, List, Modal, Stack, Text } from '@mantine/core';
import { IconFileUpload } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isProblem, type ApiProblem } from '../../../api/problem';
import { CodeBlock } from '../../../components/CodeBlock';
import { FileDrop } from '../../../components/FileDrop';
import { showProblem, showToast } from '../../../components/toast';
import { carryOut } from '../../../lib/carry-out';
import { useCostDeeds } from '../statistics/requests';

const maxBytes = 1_000_000;

/** Brings costs over from a file; what cannot be used is named line by line, and then nothing is taken. */
export function ImportCosts() {
  const { t } = useTranslation('economics');
  const [opened, setOpened] = useState(false);
  return (
    <>
      <Button
        size="xs"
        variant="default"
        leftSection={<IconFileUpload size={15} stroke={1.6} />}
        onClick={() => setOpened(true)}
      >
        {t('import.title')}
      </Button>
      <Modal
        opened={opened}
        onClose={() => setOpened(false)}
        size="lg"
        title={t('import.title')}
        closeButtonProps={{ 'aria-label': t('common:close') }}
      >
        {opened && <ImportForm onClose={() => setOpened(false)} />}
      </Modal>
    </>
  );
}

function ImportForm({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('economics');
  const { importCosts } = useCostDeeds();
  const [file, setFile] = useState<File>();
  const [problem, setProblem] = useState<ApiProblem>();
  const take = () => {
    if (!file) return;
    setProblem(undefined);
    carryOut(importCosts, file, {
      onSuccess: ({ rows, changed }) => {
        showToast(t('import.done', { rows, changed }));
        onClose();
      },
      onError: (error) => (isProblem(error, 400) ? setProblem(error) : showProblem(error)),
    });
  };
  return (
    <Stack gap="md">
      <Text fz="sm">{t('import.help')}</Text>
      <CodeBlock text={t('import.example')} label={t('import.exampleLabel')} />
      <FileDrop
        accept={['.csv', '.tsv', '.txt']}
        maxBytes={maxBytes}
        chosen={file}
        onFile={(next) => {
          setFile(next);
          setProblem(undefined);
        }}
      />
      {problem && (
        <Alert color="red" variant="light" title={problem.message} role="alert">
          <List size="sm">
            {(problem.details.errors ?? []).map(({ field, message }) => (
              <List.Item key={field + message}>
                {field}: {message}
              </List.Item>
            ))}
          </List>
        </Alert>
      )}
      <Group justify="flex-end" gap={8}>
        <Button variant="default" onClick={onClose}>
          {t('common:cancel')}
        </Button>
        <Button disabled={!file} loading={importCosts.isPending} onClick={take}>
          {t('import.take')}
        </Button>
      </Group>
    </Stack>
  );
}
