import { Anchor, Badge, Text } from '@mantine/core';
import { IconArrowsDiff } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { InfoTip } from '../../../components/InfoTip';
import { useLanguage } from '../../../lib/viewer';
import type { RuleSet, RulesList } from '../types';
import classes from './Rules.module.css';

/** The switches of both in words; where they differ it is marked. */
export function SwitchTable({ list, left, right }: { list: RulesList; left: RuleSet; right: RuleSet }) {
  const { t } = useTranslation('revenue');
  const language = useLanguage();
  const settingOf = ({ settings }: RuleSet, key: string) =>
    settings.find((each) => each.key === key)?.setting[language] ?? '–';
  return (
    <section className={classes.scroll} tabIndex={0} aria-label={t('rules.switches')}>
      <table className={classes.table} data-columns="switches">
        <thead>
          <tr>
            <th scope="col">{t('rules.switch')}</th>
            {[left, right].map((set, side) => (
              <th key={side} scope="col">
                <SetHead set={set} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {list.switches.map(({ key, name, meaning }) => {
            const [one, other] = [settingOf(left, key), settingOf(right, key)];
            const isApart = one !== other;
            return (
              <tr key={key} data-apart={isApart || undefined}>
                <th scope="row">
                  {name[language]} <InfoTip about={name[language]}>{meaning[language]}</InfoTip>
                </th>
                <td>{one}</td>
                <td>
                  {other}
                  {isApart && (
                    <IconArrowsDiff size={14} stroke={1.8} aria-label={t('rules.differs')} className={classes.mark} />
                  )}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}

function SetHead({ set }: { set: RuleSet }) {
  const { t } = useTranslation('revenue');
  const language = useLanguage();
  return (
    <>
      <Text fw={620} fz="md" component="span" display="block">
        {set.name[language]} {set.is_default && <Badge size="sm">{t('rules.default')}</Badge>}
      </Text>
      <Text fz="xs" c="dimmed" maw={420} className={classes.about}>
        {set.description[language]}
      </Text>
      <Anchor fz="xs" renderRoot={(props) => <Link to="/revenue/rules/$key" params={{ key: set.key }} {...props} />}>
        {set.version > 0 ? t('rules.openVersion', { version: set.version }) : t('rules.openShipped')}
      </Anchor>
    </>
  );
}
