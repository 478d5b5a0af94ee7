import { useTranslation } from 'react-i18next';

const known = [
  'invalid',
  'too_old',
  'in_the_future',
  'too_long',
  'too_large',
  'not_json',
  'unknown_type',
  'missing',
] as const;

/** The name of a reason for quarantine; one that has none yet is shown as the server's code. */
export function useReasonWord() {
  const { t } = useTranslation('intake');
  return (reason: string): string => {
    const code = known.find((each) => each === reason);
    return code ? t(`reason.${code}`) : reason;
  };
}
