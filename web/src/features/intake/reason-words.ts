import { useTranslation } from 'react-i18next';

const known = ['not_json', 'invalid', 'missing', 'too_large', 'too_old', 'in_the_future', 'not_storable'] as const;

/** The name of a reason for quarantine; one that has none yet is shown as the server's code. */
export function useReasonWord() {
  const { t } = useTranslation('intake');
  return (reason: string): string => {
    const code = known.find((each) => each === reason);
    return code ? t(`reason.${code}`) : reason;
  };
}
