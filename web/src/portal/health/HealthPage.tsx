import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { carryOut } from '../../lib/carry-out';
import { useFormat, useLanguage } from '../../lib/viewer';
import { conditionQuery, useConsent, type Condition } from '../requests';
import { Button } from '../ui/Button';
import { Page } from '../ui/Page';
import { Section } from '../ui/Section';
import { Empty, Loaded } from '../ui/States';
import { tell } from '../ui/told';
import ui from '../ui/Ui.module.css';
import { useTellProblem } from '../ui/use-tell-problem';

/** How things go, in words that the vendor wrote for its customers; shown once the customer agrees, where that is asked. */
export function HealthPage() {
  const { t } = useTranslation('texts');
  const condition = useQuery(conditionQuery);
  return (
    <Page title={t('page.health')} lead={t('health.lead')}>
      <Loaded query={condition} height_px={220}>
        {(known) => (known.consent_needed && !known.consent_given ? <Ask /> : <Words condition={known} />)}
      </Loaded>
    </Page>
  );
}

function useSetConsent() {
  const { t } = useTranslation('texts');
  const consent = useConsent();
  const tellProblem = useTellProblem();
  const set = (given: boolean) =>
    carryOut(consent, given, {
      onSuccess: () => tell(given ? t('health.given') : t('health.withdrawn')),
      onError: tellProblem,
    });
  return { set, isBusy: consent.isPending };
}

function Ask() {
  const { t } = useTranslation('texts');
  const { set, isBusy } = useSetConsent();
  return (
    <Section title={t('health.askTitle')}>
      <div className={ui.stack}>
        <p>{t('health.ask')}</p>
        <p className={ui.quiet}>{t('health.askHelp')}</p>
        <div>
          <Button look="strong" isDeed isBusy={isBusy} onClick={() => set(true)}>
            {t('health.agree')}
          </Button>
        </div>
      </div>
    </Section>
  );
}

function Words({ condition }: { condition: Condition }) {
  const { t } = useTranslation('texts');
  const language = useLanguage();
  const format = useFormat();
  const withdraw = condition.consent_needed && <Withdraw />;
  if (!condition.words?.[language])
    return (
      <>
        <Empty title={t('health.none')}>{t('health.noneHelp')}</Empty>
        {withdraw}
      </>
    );
  return (
    <Section title={t('health.title')}>
      <div className={ui.stack}>
        <p style={{ whiteSpace: 'pre-wrap' }}>{condition.words[language]}</p>
        {condition.as_of && <p className={ui.quiet}>{t('health.asOf', { day: format.day(condition.as_of) })}</p>}
        {withdraw}
      </div>
    </Section>
  );
}

/** What was agreed to can be taken back, whether or not there is something to show. */
function Withdraw() {
  const { t } = useTranslation('texts');
  const { set, isBusy } = useSetConsent();
  return (
    <div>
      <Button look="quiet" isDeed isBusy={isBusy} onClick={() => set(false)}>
        {t('health.withdraw')}
      </Button>
    </div>
  );
}
