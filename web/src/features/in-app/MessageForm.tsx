import { Button, Checkbox, Group, SegmentedControl, Skeleton, Stack, Text, TextInput, Title } from '@mantine/core';
import { DateInput } from '@mantine/dates';
import { IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { emptyCondition } from '../../components/filter/condition';
import { FilterBuilder } from '../../components/filter/FilterBuilder';
import { useBookFilterFields } from '../../components/filter/use-book-filter-fields';
import { WordsPair } from '../../components/WordsPair';
import { addItem, isSafeUrl } from './edit';
import classes from './InApp.module.css';
import { MessagePreview } from './MessagePreview';
import { forms, type Form, type ItemBody, type MessageBody } from './types';

interface MessageFormProps {
  body: MessageBody;
  onChange: (body: MessageBody) => void;
  readOnly?: boolean;
}

/** What is said, to whom and when, with how it will look beside it. */
export function MessageForm({ body, onChange, readOnly = false }: MessageFormProps) {
  const { t } = useTranslation('in-app');
  const change = (part: Partial<MessageBody>) => onChange({ ...body, ...part });
  return (
    <div className={classes.editor}>
      <fieldset disabled={readOnly} style={{ border: 0, margin: 0, padding: 0, minWidth: 0 }}>
        <Stack gap="md">
          <WordsPair label={t('field.name')} required value={body.name} onChange={(name) => change({ name })} />
          <SegmentedControl
            w="fit-content"
            aria-label={t('column.form')}
            value={body.form}
            onChange={(form) => change({ form: form as Form })}
            data={forms.map((form) => ({ value: form, label: t(`form.${form}`) }))}
          />
          <WordsPair label={t('field.title')} required value={body.title} onChange={(title) => change({ title })} />
          <WordsPair label={t('field.text')} maxLength={600} value={body.text} onChange={(text) => change({ text })} />
          {body.form === 'checklist' && <Items body={body} onChange={(items) => change({ items })} />}
          <LinkFields body={body} onChange={change} />
          <Audience body={body} onChange={change} />
          <Group gap={12}>
            <DateInput
              label={t('field.firstDay')}
              clearable
              value={body.first_day ?? null}
              onChange={(day) => change({ first_day: day ?? undefined })}
            />
            <DateInput
              label={t('field.lastDay')}
              clearable
              value={body.last_day ?? null}
              onChange={(day) => change({ last_day: day ?? undefined })}
            />
          </Group>
        </Stack>
      </fieldset>
      <MessagePreview body={body} />
    </div>
  );
}

function UrlInput({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const { t } = useTranslation('in-app');
  return (
    <TextInput
      label={t('field.url')}
      placeholder="https://… , /settings"
      maxLength={1000}
      value={value}
      error={value !== '' && !isSafeUrl(value) && t('field.urlHelp')}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

interface PartProps {
  body: MessageBody;
  onChange: (part: Partial<MessageBody>) => void;
}

function LinkFields({ body, onChange }: PartProps) {
  const { t } = useTranslation('in-app');
  const { link } = body;
  return (
    <div className={classes.card}>
      <Checkbox
        label={t('field.link')}
        checked={link !== undefined}
        onChange={(event) =>
          onChange({ link: event.currentTarget.checked ? { label: { ja: '', en: '' }, url: '' } : undefined })
        }
      />
      {link && (
        <>
          <WordsPair
            label={t('field.linkLabel')}
            required
            value={link.label}
            onChange={(label) => onChange({ link: { ...link, label } })}
          />
          <UrlInput value={link.url} onChange={(url) => onChange({ link: { ...link, url } })} />
        </>
      )}
    </div>
  );
}

function Audience({ body, onChange }: PartProps) {
  const { t } = useTranslation('in-app');
  const fields = useBookFilterFields();
  return (
    <div>
      <Title order={2} mb={4}>
        {t('field.audience')}
      </Title>
      <Text fz="sm" c="dimmed" mb={8}>
        {t('field.audienceHelp')}
      </Text>
      {fields ? (
        <FilterBuilder
          fields={fields}
          value={body.audience ?? emptyCondition}
          onChange={(audience) => onChange({ audience })}
        />
      ) : (
        <Skeleton height={48} />
      )}
    </div>
  );
}

function Items({ body, onChange }: { body: MessageBody; onChange: (items: ItemBody[]) => void }) {
  const { t } = useTranslation('in-app');
  const items = body.items ?? [];
  const change = (at: number, part: Partial<ItemBody>) =>
    onChange(items.map((item, i) => (i === at ? { ...item, ...part } : item)));
  return (
    <Stack gap="sm">
      <Title order={2}>{t('field.items')}</Title>
      {items.map((item, at) => (
        <ItemCard
          key={item.key}
          item={item}
          onChange={(part) => change(at, part)}
          onRemove={() => onChange(items.toSpliced(at, 1))}
        />
      ))}
      <div>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconPlus size={14} aria-hidden />}
          onClick={() => onChange(addItem(items))}
        >
          {t('field.addItem')}
        </Button>
      </div>
    </Stack>
  );
}

interface ItemCardProps {
  item: ItemBody;
  onChange: (part: Partial<ItemBody>) => void;
  onRemove: () => void;
}

function ItemCard({ item, onChange, onRemove }: ItemCardProps) {
  const { t } = useTranslation('in-app');
  const fields = useBookFilterFields();
  return (
    <section className={classes.card} aria-label={item.label.ja || item.label.en || t('field.item')}>
      <WordsPair label={t('field.item')} required value={item.label} onChange={(label) => onChange({ label })} />
      <UrlInput value={item.url ?? ''} onChange={(url) => onChange({ url: url || undefined })} />
      <Checkbox
        label={t('field.doneWhen')}
        checked={item.done_when !== undefined}
        onChange={(event) => onChange({ done_when: event.currentTarget.checked ? emptyCondition : undefined })}
      />
      {item.done_when && fields && (
        <FilterBuilder fields={fields} value={item.done_when} onChange={(done_when) => onChange({ done_when })} />
      )}
      <div>
        <Button size="compact-xs" variant="subtle" color="red" onClick={onRemove}>
          {t('field.remove')}
        </Button>
      </div>
    </section>
  );
}
