// Language and theme change on the screen at once; the profile follows in the background.
import { useMantineColorScheme, type MantineColorScheme } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import { showProblem } from '../../components/toast';
import type { Language } from '../../lib/language';
import { useViewer } from '../../lib/viewer';
import { isSignedIn, sessionQuery, type SignedIn } from './session';

type Preferences = Partial<Pick<SignedIn['user'], 'language' | 'theme' | 'timezone' | 'name'>>;

export function usePreferences() {
  const client = useQueryClient();
  const { userId } = useViewer();
  const { i18n } = useTranslation();
  const { setColorScheme } = useMantineColorScheme();

  const save = useCallback(
    async (change: Preferences) => {
      await api.PATCH('/api/users/{id}', { params: { path: { id: userId } }, body: change });
      client.setQueryData(sessionQuery.queryKey, (session) =>
        session && isSignedIn(session) ? { ...session, user: { ...session.user, ...change } } : session,
      );
    },
    [client, userId],
  );
  const saveLanguage = useCallback(
    (language: Language) => {
      void i18n.changeLanguage(language);
      save({ language }).then(
        () => client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'session' }),
        showProblem,
      );
    },
    [i18n, save, client],
  );
  const saveTheme = useCallback(
    (theme: MantineColorScheme) => {
      setColorScheme(theme);
      save({ theme }).catch(showProblem);
    },
    [setColorScheme, save],
  );
  return { save, saveLanguage, saveTheme };
}
