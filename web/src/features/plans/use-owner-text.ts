import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { ActionOwner } from '../../api/plans';
import { accountRoles, contactRoles } from '../../components/rules/words';
import { useEditing } from './editing';

/** Who does it, in words: "当社 · 佐藤 健", "お客様 · 推進者(チャンピオン)". */
export function useOwnerText() {
  const { t } = useTranslation('plans');
  const { people, contacts } = useEditing();
  return useCallback(
    ({ side, user, contact, role }: ActionOwner) => {
      const person =
        side === 'ours' ? people.find(({ id }) => id === user)?.name : contacts.find(({ id }) => id === contact)?.name;
      const ours = accountRoles.find((each) => each === role);
      const theirs = contactRoles.find((each) => each === role);
      const inRole = side === 'ours' ? ours && t(`rules:role.${ours}`) : theirs && t(`theirRole.${theirs}`);
      return [t(`goals:side.${side}`), person ?? inRole].filter(Boolean).join(' · ');
    },
    [t, people, contacts],
  );
}
