import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { InfoTip } from '../../components/InfoTip';
import { useLanguage } from '../../lib/viewer';
import { definitionsOfFiguresQuery } from './revenue';

interface FigureTipProps {
  /** The key of a figure in /api/revenue/definitions. */
  figure: string;
  /** What stands beside it, where that is another word than the figure's own name. */
  about?: string;
  /** Said where the server has no definition of it. */
  fallback?: string;
}

/** The "i" beside a figure: what it means, how it is computed and where that comes from. */
export function FigureTip({ figure, about, fallback }: FigureTipProps) {
  const language = useLanguage();
  const found = useQuery(definitionsOfFiguresQuery).data?.get(figure);
  if (!found) return about && fallback ? <InfoTip about={about}>{fallback}</InfoTip> : null;
  return (
    <InfoTip about={about ?? found.name[language]}>
      <DefinitionWords figure={figure} />
    </InfoTip>
  );
}

/** Definition, formula and source of a figure; nothing where the server knows none. */
export function DefinitionWords({ figure }: { figure: string }) {
  const { t } = useTranslation('revenue');
  const language = useLanguage();
  const found = useQuery(definitionsOfFiguresQuery).data?.get(figure);
  if (!found) return null;
  return (
    <>
      <Text fz="sm">{found.definition[language]}</Text>
      {found.formula[language] && (
        <Text fz="xs" mt={6} c="dimmed">
          {t('definition.formula')}: {found.formula[language]}
        </Text>
      )}
      {found.source[language] && (
        <Text fz="xs" mt={2} c="dimmed">
          {t('definition.source')}: {found.source[language]}
        </Text>
      )}
    </>
  );
}
