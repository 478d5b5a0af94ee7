import { Checkbox, MultiSelect, SegmentedControl, Select, SimpleGrid, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { wordsIn, type Action, type ActionOwner } from '../../../api/plans';
import { accountRoles, contactRoles } from '../../../components/rules/words';
import { WordsPair } from '../../../components/WordsPair';
import { useLanguage } from '../../../lib/viewer';
import { DayField } from '../DayField';
import { isNamed, possibleBefore } from '../edit';
import { useEditing } from '../editing';
import type { PlanDeeds } from '../use-plan-deeds';
import { Comments } from './Comments';
import { FormFrame } from './FormFrame';
import { GoalSelect } from './GoalSelect';

interface ActionFormProps {
  action: Action;
  isNew: boolean;
  deeds: PlanDeeds | null;
}

const isTurned = ({ start, due }: Action) => start !== null && due !== null && due < start;

/** What one side does until when, and what has to be done before. */
export function ActionForm({ action, isNew, deeds }: ActionFormProps) {
  const { t } = useTranslation('plans');
  const language = useLanguage();
  const { document, plan } = useEditing();
  return (
    <FormFrame
      kind="action"
      item={action}
      isNew={isNew}
      lack={(draft) => (!isNamed(draft.name) ? 'name' : isTurned(draft) ? 'days' : null)}
      after={!isNew && deeds && <Comments item={action.key} deeds={deeds} />}
    >
      {(draft, change) => (
        <>
          <WordsPair
            label={t('kind.action')}
            required
            maxLength={100}
            value={draft.name}
            onChange={(name) => change({ name })}
          />
          <OwnerFields
            owner={draft.owner}
            onChange={(owner) => {
              // The customer cannot do what they do not see.
              change(owner.side === 'theirs' ? { owner, internal: false } : { owner });
            }}
          />
          <GoalSelect value={draft.goal} onChange={(goal) => change({ goal })} />
          <SimpleGrid cols={2}>
            <DayField label={t('field.start')} value={draft.start} onChange={(start) => change({ start })} />
            <DayField
              label={t('field.due')}
              value={draft.due}
              error={isTurned(draft) ? t('lack.days') : undefined}
              onChange={(due) => change({ due })}
            />
            {plan && (
              <DayField label={t('field.doneOn')} value={draft.done_on} onChange={(done_on) => change({ done_on })} />
            )}
          </SimpleGrid>
          <MultiSelect
            label={t('field.after')}
            description={t('field.afterHelp')}
            data={possibleBefore(document.actions, draft.key).map(({ key, name }) => ({
              value: key,
              label: wordsIn(name, language) || key,
            }))}
            value={draft.depends_on}
            onChange={(depends_on) => change({ depends_on })}
          />
          <Checkbox
            label={t('field.internal')}
            description={t('field.internalHelp')}
            checked={draft.internal}
            disabled={draft.owner.side === 'theirs'}
            onChange={(event) => change({ internal: event.currentTarget.checked })}
          />
          {!isNew && <Standing actionKey={action.key} />}
        </>
      )}
    </FormFrame>
  );
}

function OwnerFields({ owner, onChange }: { owner: ActionOwner; onChange: (owner: ActionOwner) => void }) {
  const { t } = useTranslation('plans');
  const { people, contacts, plan } = useEditing();
  const isOurs = owner.side === 'ours';
  const roles = isOurs
    ? accountRoles.map((role) => ({ value: role as string, label: t(`rules:role.${role}`) }))
    : contactRoles.map((role) => ({ value: role as string, label: t(`theirRole.${role}`) }));
  const persons = (isOurs ? people : contacts).map(({ id, name }) => ({ value: String(id), label: name }));
  const person = isOurs ? owner.user : owner.contact;
  return (
    <>
      <div>
        <Text fz="sm" fw={500} mb={4}>
          {t('field.side')}
        </Text>
        <SegmentedControl
          size="xs"
          aria-label={t('field.side')}
          data={[
            { value: 'ours', label: t('goals:side.ours') },
            { value: 'theirs', label: t('goals:side.theirs') },
          ]}
          value={owner.side}
          onChange={(side) => onChange({ side, role: '', user: null, contact: null })}
        />
      </div>
      <SimpleGrid cols={plan ? 2 : 1}>
        <Select
          label={t('field.role')}
          clearable
          clearButtonProps={{ 'aria-label': t('common:clear') }}
          placeholder={t('field.anybody')}
          data={roles}
          value={owner.role || null}
          onChange={(role) => onChange({ ...owner, role: role ?? '' })}
        />
        {plan && (
          <Select
            label={t('field.person')}
            searchable
            clearable
            clearButtonProps={{ 'aria-label': t('common:clear') }}
            placeholder={t('field.byRole')}
            data={persons}
            value={person === null ? null : String(person)}
            onChange={(next) => {
              const id = next === null ? null : Number(next);
              onChange(isOurs ? { ...owner, user: id } : { ...owner, contact: id });
            }}
          />
        )}
      </SimpleGrid>
    </>
  );
}

/** Why it cannot be done yet, and how much later it can be done at best. */
function Standing({ actionKey }: { actionKey: string }) {
  const { t } = useTranslation('plans');
  const language = useLanguage();
  const { document, plan } = useEditing();
  const standing = plan?.actions.find(({ key }) => key === actionKey);
  if (!standing || (!standing.is_blocked && standing.slip_days === 0)) return null;
  const names = standing.waits_for.map((key) =>
    wordsIn(document.actions.find((each) => each.key === key)?.name, language),
  );
  return (
    <Text fz="sm" c="dimmed">
      {standing.is_blocked && t('waitsFor', { names: names.join(t('head.and')) })}{' '}
      {standing.slip_days > 0 && t('slip', { count: standing.slip_days })}
    </Text>
  );
}
