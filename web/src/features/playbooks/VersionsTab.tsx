import { Button, Select, Skeleton, Stack, Text, Title } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useDefinitionDeeds, versionsQuery, type Definition } from '../../api/definitions';
import { confirm } from '../../components/confirm';
import { Versions } from '../../components/definitions/Versions';
import { showProblem, showToast } from '../../components/toast';
import { carryOut } from '../../lib/carry-out';
import { useMayDefine } from '../../lib/viewer';
import { compareSteps } from './graph/compare';
import { GraphView } from './graph/GraphView';
import { arrowsOf, type Arrow } from './graph/layout';
import type { PlaybookBody } from './playbook';
import { tidy, withDefaults } from './tidy';
import { useStartWords } from './use-start-words';
import classes from './Playbooks.module.css';

const route = getRouteApi('/_shell/playbooks/$key');

/** Two versions drawn over each other, and what was ever published. */
export function VersionsTab({ definition }: { definition: Definition<Partial<PlaybookBody>> }) {
  const mayDefine = useMayDefine();
  return (
    <Stack gap="lg">
      {definition.version > 0 && <Compare definition={definition} />}
      <Versions kind="playbook" name={definition.key} current={definition.version} />
      {mayDefine && definition.version > 0 && <Retire definition={definition} />}
    </Stack>
  );
}

/** The draft is version 0 in the address. */
function Compare({ definition }: { definition: Definition<Partial<PlaybookBody>> }) {
  const { t } = useTranslation('playbooks');
  const { before, after } = route.useSearch();
  const navigate = route.useNavigate();
  const versions = useQuery(versionsQuery<Partial<PlaybookBody>>('playbook', definition.key));
  const bodies = useMemo(() => {
    const published = (versions.data?.items ?? []).flatMap(({ version, body }) =>
      body ? [[version, body] as const] : [],
    );
    return new Map([...(definition.draft_body ? [[0, definition.draft_body] as const] : []), ...published]);
  }, [versions.data, definition.draft_body]);
  if (versions.isPending) return <Skeleton height={320} />;
  if (bodies.size < 2)
    return (
      <Text fz="sm" c="dimmed">
        {t('compare.onlyOne')}
      </Text>
    );
  const [newest, second] = [...bodies.keys()];
  const newer = after !== undefined && bodies.has(after) ? after : newest!;
  const older = before !== undefined && bodies.has(before) ? before : second!;
  const choices = [...bodies.keys()].map((version) => ({
    value: String(version),
    label: version === 0 ? t('compare.draft') : t('compare.version', { version }),
  }));
  const choose = (which: 'before' | 'after') => (value: string | null) =>
    value !== null && void navigate({ search: (now) => ({ ...now, [which]: Number(value) }), replace: true });
  return (
    <section>
      <Title order={2} mb={8}>
        {t('compare.title')}
      </Title>
      <div className={classes.compare}>
        <Select
          size="xs"
          label={t('compare.before')}
          allowDeselect={false}
          data={choices}
          value={String(older)}
          onChange={choose('before')}
        />
        <Select
          size="xs"
          label={t('compare.after')}
          allowDeselect={false}
          data={choices}
          value={String(newer)}
          onChange={choose('after')}
        />
      </div>
      <Drawn before={bodies.get(older)!} after={bodies.get(newer)!} />
    </section>
  );
}

function Drawn({ before, after }: { before: Partial<PlaybookBody>; after: Partial<PlaybookBody> }) {
  const { t } = useTranslation('playbooks');
  const startWords = useStartWords();
  const old = useMemo(() => tidy(withDefaults(before)), [before]);
  const present = useMemo(() => tidy(withDefaults(after)), [after]);
  const compared = useMemo(() => compareSteps(old.steps, present.steps), [old, present]);
  const decoration = useMemo(() => ({ changes: compared.changes, arrowChanges: compared.arrows }), [compared]);
  // Arrows of steps that are gone are drawn with them; of those that stayed, the ones that were taken away.
  const ghosts = useMemo<Arrow[]>(() => {
    const drawn = new Set(arrowsOf(compared.steps).map(({ id }) => id));
    return arrowsOf(old.steps).filter(
      ({ id, to }) => compared.arrows.get(id) === 'removed' && !drawn.has(id) && to !== null,
    );
  }, [compared, old]);
  const count = (change: string) => [...compared.changes.values()].filter((each) => each === change).length;
  const isSame = compared.changes.size === 0 && compared.arrows.size === 0;
  return (
    <>
      <div className={classes.picture}>
        <GraphView
          steps={compared.steps}
          label={t('compare.title')}
          startWords={startWords(present.start)}
          decoration={decoration}
          ghosts={ghosts}
        />
      </div>
      <Text fz="sm" mt={8} role="status">
        {isSame
          ? t('compare.same')
          : t('compare.words', { added: count('added'), changed: count('changed'), removed: count('removed') })}
      </Text>
    </>
  );
}

function Retire({ definition }: { definition: Definition<unknown> }) {
  const { t } = useTranslation('playbooks');
  const navigate = useNavigate();
  const client = useQueryClient();
  const { retire } = useDefinitionDeeds('playbook', definition.key);
  const ask = () =>
    confirm({
      title: t('retire.title'),
      children: t('retire.detail'),
      confirmLabel: t('retire.confirm'),
      danger: true,
      onConfirm: () =>
        carryOut(retire, '', {
          onSuccess: () => {
            void client.invalidateQueries({ queryKey: ['playbooks'] });
            showToast(t('retire.done'));
            void navigate({ to: '/playbooks' });
          },
          onError: showProblem,
        }),
    });
  return (
    <div>
      <Button size="xs" variant="default" color="red" disabled={definition.used_by.length > 0} onClick={ask}>
        {t('retire.confirm')}
      </Button>
      {definition.used_by.length > 0 && (
        <Text fz="xs" c="dimmed" mt={4}>
          {t('retire.used', { names: definition.used_by.map(({ key }) => key).join(', ') })}
        </Text>
      )}
    </div>
  );
}
