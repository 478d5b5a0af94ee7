import { useTranslation } from 'react-i18next';

/** How the server says that an event found its account. */
const known = ['given', 'group_id', 'group_call', 'contact', 'email_domain', 'hand'] as const;

/** The way by which events found their account, in words; what is not known here is shown as the server says it. */
export function useMatchedBy() {
  const { t } = useTranslation('intake');
  return (matchedBy: string | null): string => {
    if (matchedBy === null || matchedBy === '' || matchedBy === 'nothing') return t('matchedBy.none');
    const way = known.find((each) => each === matchedBy);
    return way ? t(`matchedBy.${way}`) : matchedBy;
  };
}
