import { Group, NumberInput, Select, SimpleGrid, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Language } from '../../lib/language';
import { useLanguage } from '../../lib/viewer';
import { readReminderDays, usualReminders } from './reminder-days';
import { fieldsQuery, type TemplateBody, type TemplateKind } from './requests';

interface TemplateFormProps {
  kind: TemplateKind;
  body: TemplateBody;
  onChange: (body: TemplateBody) => void;
  readOnly: boolean;
}

type TextKey = 'name' | 'subject' | 'body' | 'question' | 'low' | 'high' | 'comment_question' | 'thanks';
const languages: readonly Language[] = ['ja', 'en'];
const surveyTexts = ['question', 'low', 'high', 'comment_question', 'thanks'] as const;

/** Both languages side by side, so that neither is forgotten. */
export function TemplateForm({ kind, body, onChange, readOnly }: TemplateFormProps) {
  const { t } = useTranslation('outreach');
  const set = (key: TextKey, language: Language, text: string) =>
    onChange({ ...body, [key]: { ja: '', en: '', ...body[key], [language]: text } });
  return (
    <Stack gap="md">
      {kind === 'mail_template' && (
        <Select
          label={t('column.purpose')}
          description={t(`purposeHelp.${body.purpose ?? 'service'}`)}
          maw={420}
          readOnly={readOnly}
          allowDeselect={false}
          data={(['service', 'promotion'] as const).map((value) => ({ value, label: t(`purpose.${value}`) }))}
          value={body.purpose ?? 'service'}
          onChange={(purpose) => onChange({ ...body, purpose: purpose === 'promotion' ? 'promotion' : 'service' })}
        />
      )}
      {kind === 'survey' && <SurveyRules body={body} onChange={onChange} readOnly={readOnly} />}
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
        {languages.map((language) => (
          <Stack key={language} gap="sm" component="fieldset" style={{ border: 0, margin: 0, padding: 0, minWidth: 0 }}>
            <Text component="legend" fw={600}>
              {t(`language.${language}`)}
            </Text>
            <TextInput
              label={t('form.name')}
              required
              readOnly={readOnly}
              maxLength={90}
              value={body.name[language]}
              onChange={(event) => set('name', language, event.currentTarget.value)}
            />
            <TextInput
              label={t('form.subject')}
              required
              readOnly={readOnly}
              maxLength={90}
              value={body.subject[language]}
              onChange={(event) => set('subject', language, event.currentTarget.value)}
            />
            <BodyInput
              kind={kind}
              language={language}
              readOnly={readOnly}
              value={body.body[language]}
              onChange={(text) => set('body', language, text)}
            />
            {kind === 'survey' &&
              surveyTexts.map((key) => (
                <TextInput
                  key={key}
                  label={t(`form.${key}`)}
                  required={key === 'question' || key === 'thanks'}
                  readOnly={readOnly}
                  maxLength={90}
                  value={body[key]?.[language] ?? ''}
                  onChange={(event) => set(key, language, event.currentTarget.value)}
                />
              ))}
          </Stack>
        ))}
      </SimpleGrid>
    </Stack>
  );
}

function SurveyRules({ body, onChange, readOnly }: Omit<TemplateFormProps, 'kind'>) {
  const { t } = useTranslation('outreach');
  const [reminders, setReminders] = useState<number[] | null>(body.reminder_days ?? usualReminders);
  return (
    <Group gap="md" align="flex-start">
      <Select
        label={t('column.kind')}
        readOnly={readOnly}
        allowDeselect={false}
        data={[
          { value: 'csat', label: 'CSAT (1–5)' },
          { value: 'nps', label: 'NPS (0–10)' },
          { value: 'ces', label: 'CES (1–7)' },
        ]}
        value={body.kind ?? 'csat'}
        onChange={(kind) => onChange({ ...body, kind: kind === 'nps' ? 'nps' : kind === 'ces' ? 'ces' : 'csat' })}
      />
      <NumberInput
        label={t('form.openDays')}
        readOnly={readOnly}
        min={1}
        max={180}
        allowDecimal={false}
        value={body.open_days ?? 30}
        onChange={(days) => onChange({ ...body, open_days: Number(days) || 30 })}
      />
      <TextInput
        label={t('form.reminderDays')}
        description={t('form.reminderHelp')}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        readOnly={readOnly}
        defaultValue={(body.reminder_days ?? usualReminders).join(', ')}
        error={reminders === null && t('form.reminderWrong')}
        onChange={(event) => {
          const days = readReminderDays(event.currentTarget.value, body.open_days ?? 30);
          setReminders(days);
          if (days) onChange({ ...body, reminder_days: days });
        }}
      />
    </Group>
  );
}

function BodyInput({
  kind,
  language,
  value,
  onChange,
  readOnly,
}: {
  kind: TemplateKind;
  language: Language;
  value: string;
  onChange: (text: string) => void;
  readOnly: boolean;
}) {
  const { t } = useTranslation('outreach');
  const shown = useLanguage();
  const fields = useQuery(fieldsQuery).data ?? [];
  const input = useRef<HTMLTextAreaElement>(null);
  const insert = (field: string) => {
    const area = input.current;
    const [start, end] = area ? [area.selectionStart, area.selectionEnd] : [value.length, value.length];
    onChange(`${value.slice(0, start)}{{${field}}}${value.slice(end)}`);
    area?.focus();
  };
  return (
    <>
      <Textarea
        ref={input}
        label={t('form.body')}
        description={t('form.bodyHelp')}
        required
        readOnly={readOnly}
        autosize
        minRows={12}
        maxRows={28}
        maxLength={9000}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      {!readOnly && (
        <Select
          size="xs"
          searchable
          aria-label={`${t('form.insert')} (${t(`language.${language}`)})`}
          placeholder={t('form.insert')}
          value={null}
          data={fields
            .filter(({ group }) => kind === 'survey' || group !== 'survey')
            .map(({ field, label }) => ({ value: field, label: `${label[shown]}  {{${field}}}` }))}
          onChange={(field) => field && insert(field)}
        />
      )}
    </>
  );
}
