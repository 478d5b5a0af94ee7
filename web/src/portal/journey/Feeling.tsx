import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { carryOut } from '../../lib/carry-out';
import { useFormat } from '../../lib/viewer';
import { useNoteFeeling, type Journey } from '../requests';
import { Button } from '../ui/Button';
import { TextArea } from '../ui/Field';
import { Section } from '../ui/Section';
import { Failure } from '../ui/States';
import { tell } from '../ui/told';
import ui from '../ui/Ui.module.css';
import { useIsViewed } from '../who';
import classes from './Journey.module.css';

const feelings = [5, 4, 3, 2, 1] as const;

/** How it goes for this person, in one choice and, if they like, in words. */
export function Feeling({ known }: { known: Journey['my_feeling'] }) {
  const { t } = useTranslation('texts');
  const format = useFormat();
  const isViewed = useIsViewed();
  const note = useNoteFeeling();
  const [feeling, setFeeling] = useState(known?.feeling);
  const [words, setWords] = useState(known?.words ?? '');
  const send = () => {
    if (feeling === undefined) return;
    carryOut(note, { feeling, words: words.trim() }, { onSuccess: () => tell(t('feeling.thanks')) });
  };
  return (
    <Section title={t('feeling.title')}>
      <form
        className={ui.stack}
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        {known && <p className={ui.quiet}>{t('feeling.last', { day: format.day(known.day) })}</p>}
        <fieldset className={classes.feelings} disabled={isViewed}>
          <legend>{t('feeling.question')}</legend>
          {feelings.map((value) => (
            <label key={value}>
              <input
                type="radio"
                name="feeling"
                value={value}
                checked={feeling === value}
                onChange={() => setFeeling(value)}
              />
              {t(`feeling.words.${value}`)}
            </label>
          ))}
        </fieldset>
        <TextArea
          label={t('feeling.comment')}
          maxLength={2000}
          disabled={isViewed}
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
        />
        {note.isError && <Failure error={note.error} />}
        <div>
          <Button type="submit" isDeed isBusy={note.isPending} disabled={feeling === undefined}>
            {t('feeling.send')}
          </Button>
        </div>
      </form>
    </Section>
  );
}
