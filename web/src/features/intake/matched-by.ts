import { useTranslation } from 'react-i18next';

/** How the server says that an event found its account. */
const known = [
  'group',
  'context_group',
  'contact',
  'email_domain',
  'domain',
  'assigned',
  'person',
  'known_user',
  'none',
] as const;

/** The way by which events found their account, in words; what is not known yet is shown as the server says it. */
export function useMatchedBy() {
  const { t } = useTranslation('intake');
  return (matchedBy: string | null): string => {
    if (matchedBy === null || matchedBy === '') return t('matchedBy.none');
    const way = known.find((each) => each === matchedBy);
    return way ? t(`matchedBy.${way}`) : matchedBy;
  };
}
