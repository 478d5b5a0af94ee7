import { Button, MultiSelect, Select } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '../../../lib/viewer';
import { explorerFigure, explorerFigures } from '../figures';
import { PeriodChoice, type usePeriod } from '../PeriodChoice';
import { figuresCsv, type Basis, type FiguresQuestion } from '../revenue';
import classes from '../Revenue.module.css';
import { RulesSelect } from '../RulesSelect';
import type { Figures } from '../types';
import { useDownload } from '../use-download';
import { useFigureName } from '../use-figure-names';
import { useValueName } from './use-value-name';

const route = getRouteApi('/_shell/revenue/explorer');

interface ExplorerChoicesProps {
  period: ReturnType<typeof usePeriod>;
  /** Undefined while they are being fetched. */
  figures: Figures | undefined;
  basis: Basis;
  question: FiguresQuestion;
}

/** What is asked: period, steps, dimension, figure, rules, and two values to set side by side. */
export function ExplorerChoices({ period, figures, basis, question }: ExplorerChoicesProps) {
  const { t } = useTranslation('revenue');
  const language = useLanguage();
  const name = useFigureName();
  const valueName = useValueName(figures?.by);
  const download = useDownload();
  const navigate = route.useNavigate();
  const search = route.useSearch();
  const choose = (part: Partial<typeof search>) =>
    void navigate({ search: (before) => ({ ...before, panel: undefined, ...part }), replace: true });
  const values = (figures?.series ?? []).flatMap((series) =>
    series.value === null ? [] : [{ value: asOption(series.value), label: valueName(series) }],
  );
  return (
    <div className={classes.choices}>
      <PeriodChoice period={period} onChange={choose} />
      <Select
        w={{ base: '100%', sm: 150 }}
        size="xs"
        label={t('choice.by')}
        allowDeselect={false}
        searchable
        data={(figures?.dimensions ?? []).map((each) => ({ value: each.key, label: each.name[language] }))}
        value={figures?.by ?? null}
        onChange={(by) => by && choose({ by: by === 'none' ? undefined : by, pair: undefined })}
      />
      {values.length > 1 && (
        <MultiSelect
          w={{ base: '100%', sm: 300 }}
          size="xs"
          data-wide
          label={t('choice.pair')}
          placeholder={(search.pair?.length ?? 0) < 2 ? t('choice.pairHelp') : undefined}
          maxValues={2}
          searchable
          clearable
          data={values}
          value={(search.pair ?? []).map(asOption)}
          onChange={(pair) => choose({ pair: pair.length > 0 ? pair.map(asValue) : undefined })}
        />
      )}
      <Select
        w={{ base: '100%', sm: 190 }}
        size="xs"
        label={t('choice.figure')}
        allowDeselect={false}
        searchable
        data={explorerFigures.map(({ key }) => ({ value: key, label: name(key) }))}
        value={explorerFigure(search.figure).key}
        onChange={(figure) => figure && choose({ figure: figure === 'closing' ? undefined : figure })}
      />
      <RulesSelect value={search.rules} onChange={(rules) => choose({ rules })} label={t('choice.rules')} />
      <Button
        size="xs"
        variant="default"
        leftSection={<IconDownload size={15} stroke={1.6} />}
        onClick={() => download(figuresCsv(basis, question), `revenue-${question.by}-${question.from}.csv`)}
      >
        {t('explorer.csv')}
      </Button>
    </div>
  );
}

// A select takes no empty value, and "without one" is an empty text.
const mark = '=';
const asOption = (value: string) => mark + value;
const asValue = (option: string) => option.slice(mark.length);
