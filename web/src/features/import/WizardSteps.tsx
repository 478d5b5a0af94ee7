import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import classes from './Import.module.css';

export const wizardSteps = ['file', 'kind', 'read', 'map', 'check', 'run'] as const;
export type WizardStep = (typeof wizardSteps)[number];

interface WizardStepsProps {
  current: WizardStep;
  /** The address of a step that one may go (back) to. */
  addressOf: (step: WizardStep) => string | undefined;
}

/** Where one stands on the way from file to result; steps that can be visited are links. */
export function WizardSteps({ current, addressOf }: WizardStepsProps) {
  const { t } = useTranslation('import');
  return (
    <nav aria-label={t('steps.label')}>
      <ol className={classes.steps}>
        {wizardSteps.map((step, index) => {
          const address = step === current ? undefined : addressOf(step);
          const content = (
            <>
              <span className={classes.number} aria-hidden>
                {index + 1}
              </span>
              <span className={classes.stepName}>{t(`steps.${step}`)}</span>
            </>
          );
          return (
            <li key={step}>
              {address ? (
                <Link to={address} className={classes.step}>
                  {content}
                </Link>
              ) : (
                <span
                  className={classes.step}
                  data-current={step === current || undefined}
                  aria-current={step === current ? 'step' : undefined}
                >
                  {content}
                </span>
              )}
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
