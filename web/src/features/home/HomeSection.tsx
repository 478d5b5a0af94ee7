import { Skeleton, Text, Title } from '@mantine/core';
import { Link, type LinkProps } from '@tanstack/react-router';
import { useId, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './Home.module.css';

interface HomeSectionProps {
  title: string;
  /** What the list holds, in a few words: count, sum, rule. */
  note?: ReactNode;
  /** The whole list, in the book. */
  all?: LinkProps['search'];
  wide?: boolean;
  children: ReactNode;
}

/** One list of the page under its heading, with the way to all of it. */
export function HomeSection({ title, note, all, wide = false, children }: HomeSectionProps) {
  const { t } = useTranslation('home');
  const id = useId();
  return (
    <section className={classes.section} data-wide={wide || undefined} aria-labelledby={id}>
      <header className={classes.sectionHead}>
        <Title order={2} id={id}>
          {title}
        </Title>
        {note && (
          <Text fz="xs" c="dimmed" component="div">
            {note}
          </Text>
        )}
        {all !== undefined && (
          <Link to="/book" search={all} className={classes.all} aria-label={t('allOf', { title })}>
            {t('all')}
          </Link>
        )}
      </header>
      {children}
    </section>
  );
}

export function Nothing({ children }: { children: ReactNode }) {
  return (
    <Text fz="sm" c="dimmed" py="md">
      {children}
    </Text>
  );
}

const skeletonRows = 6;

export function SectionSkeleton() {
  return (
    <div aria-hidden>
      <Skeleton height={24} width={160} mb={12} />
      {Array.from({ length: skeletonRows }, (_, row) => (
        <Skeleton key={row} height={44} mb={8} />
      ))}
    </div>
  );
}
