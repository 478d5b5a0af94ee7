import { Anchor, Button, Checkbox, Progress, SegmentedControl, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Language } from '../../lib/language';
import { useLanguage } from '../../lib/viewer';
import classes from './InApp.module.css';
import type { MessageBody } from './types';

/** How users will see it, in either language. */
export function MessagePreview({ body }: { body: MessageBody }) {
  const { t } = useTranslation('in-app');
  const own = useLanguage();
  const [language, setLanguage] = useState<Language>(own);
  return (
    <aside className={classes.preview} aria-label={t('preview.label')}>
      <SegmentedControl
        size="xs"
        mb="sm"
        aria-label={t('preview.language')}
        value={language}
        onChange={(next) => setLanguage(next as Language)}
        data={[
          { value: 'ja', label: '日本語' },
          { value: 'en', label: 'English' },
        ]}
      />
      <div className={classes.stage} data-form={body.form}>
        <div className={classes.bubble} lang={language}>
          <strong>{body.title[language] || t('preview.noTitle')}</strong>
          {body.text[language] && (
            <Text fz="sm" style={{ whiteSpace: 'pre-line' }}>
              {body.text[language]}
            </Text>
          )}
          {body.form === 'checklist' && (
            <>
              <Progress value={0} size="sm" my={6} aria-label={t('preview.progress')} />
              {body.items?.map((item) => (
                <Checkbox
                  key={item.key}
                  size="xs"
                  my={4}
                  readOnly
                  checked={false}
                  disabled={item.done_when !== undefined}
                  label={item.url ? <Anchor component="span">{item.label[language]}</Anchor> : item.label[language]}
                />
              ))}
            </>
          )}
          {body.link && (
            <div>
              <Button component="span" size="compact-sm" mt={6}>
                {body.link.label[language]}
              </Button>
            </div>
          )}
        </div>
      </div>
    </aside>
  );
}
