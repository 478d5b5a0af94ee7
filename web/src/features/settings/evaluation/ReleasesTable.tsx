import { Badge, Button, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Release } from '../../../api/releases';
import { useFormat, useLanguage, useMayDefine } from '../../../lib/viewer';

interface ReleasesTableProps {
  releases: readonly Release[];
  isBusy: boolean;
  onEvaluate: (release: number) => void;
}

/** Every version: when, by whom, why, what it changed, and what is kept of its history. */
export function ReleasesTable({ releases, isBusy, onEvaluate }: ReleasesTableProps) {
  const { t } = useTranslation('settings');
  const mayDefine = useMayDefine();
  return (
    <Table.ScrollContainer minWidth={760} mah={480}>
      <Table aria-label={t('releases.title')} stickyHeader verticalSpacing="xs">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('releases.version')}</Table.Th>
            <Table.Th>{t('releases.published')}</Table.Th>
            <Table.Th>{t('releases.changed')}</Table.Th>
            <Table.Th>{t('releases.history')}</Table.Th>
            {mayDefine && (
              <Table.Th>
                <span className="visually-hidden">{t('releases.deeds')}</span>
              </Table.Th>
            )}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {releases.map((release) => (
            <Row
              key={release.release}
              release={release}
              isBusy={isBusy}
              onEvaluate={onEvaluate}
              mayDefine={mayDefine}
            />
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

interface RowProps {
  release: Release;
  isBusy: boolean;
  mayDefine: boolean;
  onEvaluate: (release: number) => void;
}

function Row({ release, isBusy, mayDefine, onEvaluate }: RowProps) {
  const { t } = useTranslation('settings');
  const format = useFormat();
  const language = useLanguage();
  return (
    <Table.Tr>
      <Table.Td style={{ whiteSpace: 'nowrap' }}>
        {release.release}{' '}
        {release.is_present && (
          <Badge variant="light" miw="max-content">
            {t('releases.inUse')}
          </Badge>
        )}
      </Table.Td>
      <Table.Td>
        {t('releases.publishedBy', { at: format.instant(release.published_at), name: release.author })}
        {release.why[language] && (
          <Text fz="xs" c="dimmed">
            {release.why[language]}
          </Text>
        )}
      </Table.Td>
      <Table.Td>
        <Changed definitions={release.definitions} />
      </Table.Td>
      <Table.Td>
        <History release={release} />
      </Table.Td>
      {mayDefine && (
        <Table.Td ta="right">
          {!release.is_present && (
            <Button
              size="xs"
              variant="default"
              disabled={isBusy}
              onClick={() => onEvaluate(release.release)}
              aria-label={t('releases.evaluateVersion', { release: release.release })}
            >
              {t('releases.evaluate')}
            </Button>
          )}
        </Table.Td>
      )}
    </Table.Tr>
  );
}

const mostNamed = 3;

/** Scorecards before measures: they are what people know by name. */
function Changed({ definitions }: { definitions: Release['definitions'] }) {
  const { t } = useTranslation('settings');
  const language = useLanguage();
  const ordered = definitions.toSorted((one, other) => other.kind.localeCompare(one.kind));
  const named = ordered
    .slice(0, mostNamed)
    .map(({ key, name, version }) =>
      t('releases.definition', { name: name?.[language] ?? key, version: version ?? '–' }),
    );
  return (
    <Text fz="sm" title={ordered.map(({ key, name }) => name?.[language] ?? key).join('\n')}>
      {named.join(t('releases.comma'))}
      {ordered.length > mostNamed && ` ${t('releases.more', { count: ordered.length - mostNamed })}`}
    </Text>
  );
}

function History({ release: { evaluation, deleted } }: { release: Release }) {
  const { t } = useTranslation('settings');
  const format = useFormat();
  if (evaluation) {
    return (
      <>
        {t('releases.kept', { at: format.instant(evaluation.computed_at) })}
        <Text fz="xs" c="dimmed">
          {t('releases.extent', {
            accounts: format.number(evaluation.accounts),
            weeks: format.number(evaluation.weeks),
          })}
        </Text>
      </>
    );
  }
  if (deleted) return t('releases.deleted', { at: format.instant(deleted.deleted_at) });
  return t('releases.never');
}
