import { Group, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { LanguageSwitch } from './LanguageSwitch';
import classes from './FrontDoor.module.css';

/** The frame of the pages before one is inside: log in and first-run set-up. */
export function FrontDoor({ children, wide = false }: { children: ReactNode; wide?: boolean }) {
  const { t, i18n } = useTranslation('identity');
  return (
    <main className={classes.door}>
      <div className={classes.card} data-wide={wide || undefined}>
        <Group justify="space-between" mb={24}>
          <Group gap={8}>
            <img src="/favicon.svg" width={28} height={28} alt="" />
            <Text fw={650} fz="lg">
              Banso
            </Text>
          </Group>
          <LanguageSwitch onChange={(language) => void i18n.changeLanguage(language)} />
        </Group>
        {children}
      </div>
      <Text fz="xs" c="dimmed" mt="md" className="phrases">
        {t('tagline')}
      </Text>
    </main>
  );
}
