import { Anchor, Button, Checkbox, Group, NumberInput, Select, Skeleton, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorState } from '../../components/ErrorState';
import { Page } from '../../components/Page';
import { PageHeader } from '../../components/PageHeader';
import { KindBadge, SeverityBadge } from '../../components/calls/Badges';
import { showProblem, showToast } from '../../components/toast';
import { carryOut } from '../../lib/carry-out';
import { useLanguage, useMayDefine } from '../../lib/viewer';
import { startersQuery, useSignalDeeds } from './requests';
import { signalKinds, type Starter } from './types';
import classes from './Signals.module.css';

type Parameters = Record<string, string | number>;

/** Rules that ship with the product: what each is for, what it needs, and which to add. */
export function StartersPage() {
  const { t } = useTranslation('signals');
  const starters = useQuery(startersQuery);
  return (
    <Page>
      <PageHeader
        title={t('starters.title')}
        subtitle={t('starters.intro')}
        breadcrumb={
          <Anchor fz="sm" w="fit-content" renderRoot={(props) => <Link to="/signals" {...props} />}>
            {t('title')}
          </Anchor>
        }
      />
      {starters.isPending && <Skeleton height={400} />}
      {starters.isError && <ErrorState error={starters.error} onRetry={() => void starters.refetch()} />}
      {starters.data && <Gallery items={starters.data.items} />}
    </Page>
  );
}

function Gallery({ items }: { items: readonly Starter[] }) {
  const { t } = useTranslation('signals');
  const mayDefine = useMayDefine();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [given, setGiven] = useState<Record<string, Parameters>>({});
  const toggle = (key: string) =>
    setChosen((now) => (now.has(key) ? new Set([...now].filter((each) => each !== key)) : new Set([...now, key])));
  const open = items.filter(({ available, added }) => available && !added);
  return (
    <>
      {mayDefine && open.length > 0 && (
        <Button
          size="xs"
          variant="default"
          mb="md"
          onClick={() =>
            setChosen(new Set(open.filter((each) => isReady(each, given[each.key])).map(({ key }) => key)))
          }
        >
          {t('starters.chooseAll')}
        </Button>
      )}
      <Stack gap="lg">
        {signalKinds.map((kind) => {
          const members = items.filter((starter) => starter.kind === kind);
          if (members.length === 0) return null;
          return (
            <section key={kind}>
              <Title order={2} mb={8}>
                <KindBadge kind={kind} />
              </Title>
              <div className={classes.gallery}>
                {members.map((starter) => (
                  <Card
                    key={starter.key}
                    starter={starter}
                    isChosen={chosen.has(starter.key)}
                    onToggle={mayDefine ? () => toggle(starter.key) : undefined}
                    given={given[starter.key] ?? {}}
                    onGiven={(values) => setGiven((now) => ({ ...now, [starter.key]: values }))}
                  />
                ))}
              </div>
            </section>
          );
        })}
      </Stack>
      {mayDefine && chosen.size > 0 && (
        <AddBar items={items.filter(({ key }) => chosen.has(key))} given={given} onDone={() => setChosen(new Set())} />
      )}
    </>
  );
}

/** Everything that has to be chosen was. */
function isReady({ parameters }: Starter, given: Parameters = {}): boolean {
  return parameters.every(({ key, default: usual }) => usual !== null || given[key] !== undefined);
}

interface CardProps {
  starter: Starter;
  isChosen: boolean;
  onToggle: (() => void) | undefined;
  given: Parameters;
  onGiven: (values: Parameters) => void;
}

function Card({ starter, isChosen, onToggle, given, onGiven }: CardProps) {
  const { t } = useTranslation('signals');
  const language = useLanguage();
  const nameId = useId();
  const names = (of: readonly { ja: string; en: string }[]) =>
    of.map((name) => name[language]).join(language === 'ja' ? '、' : ', ');
  return (
    <article className={classes.starter} data-chosen={isChosen} aria-labelledby={nameId}>
      <Group justify="space-between" wrap="nowrap" align="flex-start" gap={8}>
        <Title order={3} id={nameId}>
          {starter.name[language]}
        </Title>
        {starter.available && !starter.added && onToggle && (
          <Checkbox
            checked={isChosen}
            onChange={onToggle}
            aria-label={t('starters.choose', { name: starter.name[language] })}
          />
        )}
      </Group>
      <Text fz="sm">{starter.description[language]}</Text>
      <Group gap={12} fz="xs">
        <SeverityBadge severity={starter.severity} />
        {starter.added && (
          <Anchor inherit renderRoot={(props) => <Link to="/signals/$key" params={{ key: starter.key }} {...props} />}>
            {t('starters.added')}
          </Anchor>
        )}
      </Group>
      {!starter.available && (
        <Text fz="xs" c="dimmed">
          {t('starters.missing', { names: names(starter.missing) })}
        </Text>
      )}
      {starter.needs_measures.length > 0 && (
        <Text fz="xs" c="dimmed">
          {t('starters.measures', { names: names(starter.needs_measures.map(({ name }) => name)) })}
        </Text>
      )}
      {isChosen && starter.parameters.length > 0 && (
        <div className={classes.fields}>
          {starter.parameters.map((parameter) => (
            <Parameter
              key={parameter.key}
              parameter={parameter}
              value={given[parameter.key]}
              onChange={(value) => onGiven({ ...given, [parameter.key]: value })}
            />
          ))}
        </div>
      )}
    </article>
  );
}

interface ParameterProps {
  parameter: Starter['parameters'][number];
  value: string | number | undefined;
  onChange: (value: string | number) => void;
}

function Parameter({ parameter, value, onChange }: ParameterProps) {
  const language = useLanguage();
  const { name, kind, choices } = parameter;
  const shown = value ?? parameter.default;
  if (kind === 'number')
    return (
      <NumberInput
        size="xs"
        label={name[language]}
        value={shown ?? ''}
        onChange={(next) => typeof next === 'number' && onChange(next)}
      />
    );
  return (
    <Select
      size="xs"
      searchable
      required={parameter.default === null}
      label={name[language]}
      data={choices.map((choice) => ({ value: choice.value, label: choice.name[language] }))}
      value={shown === null ? null : String(shown)}
      onChange={(next) => next && onChange(next)}
    />
  );
}

interface AddBarProps {
  items: readonly Starter[];
  given: Record<string, Parameters>;
  onDone: () => void;
}

function AddBar({ items, given, onDone }: AddBarProps) {
  const { t } = useTranslation('signals');
  const navigate = useNavigate();
  const { addStarters } = useSignalDeeds();
  const ready = items.every((starter) => isReady(starter, given[starter.key]));
  const add = (publish: boolean) =>
    carryOut(
      addStarters,
      { publish, items: items.map(({ key }) => ({ starter: key, parameters: given[key] ?? {} })) },
      {
        onSuccess: ({ rules }) => {
          showToast(t(publish ? 'starters.published' : 'starters.drafted', { count: rules.length }));
          onDone();
          void navigate({ to: '/signals' });
        },
        onError: showProblem,
      },
    );
  return (
    <div className={classes.bar}>
      <Text fz="sm" aria-live="polite">
        {ready ? t('starters.chosen', { count: items.length }) : t('starters.incomplete')}
      </Text>
      <Group gap={8}>
        <Button variant="default" disabled={!ready} loading={addStarters.isPending} onClick={() => add(false)}>
          {t('starters.asDrafts')}
        </Button>
        <Button disabled={!ready} loading={addStarters.isPending} onClick={() => add(true)}>
          {t('starters.publish')}
        </Button>
      </Group>
    </div>
  );
}
