import { Skeleton, Text, Tooltip } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Feature } from '../../api/features';
import { ErrorState } from '../../components/ErrorState';
import { useFormat } from '../../lib/viewer';
import classes from './Catalogue.module.css';
import { propertiesQuery, type FeatureProperty } from './catalogue';

const knownTypes = ['string', 'number', 'boolean', 'array', 'object', 'null', 'mixed'] as const;

function textOf(example: unknown): string {
  return typeof example === 'string' ? example : JSON.stringify(example);
}

/** What the events of a feature carry: names, types, how often, and a few values. */
export function PropertyList({ feature }: { feature: Feature }) {
  const { t } = useTranslation('catalogue');
  const format = useFormat();
  const properties = useQuery(propertiesQuery(feature.id));
  if (properties.isPending) return <Skeleton height={120} />;
  if (properties.isError) return <ErrorState error={properties.error} onRetry={() => void properties.refetch()} />;
  const { items, observed_events, is_estimated, more = 0 } = properties.data;
  if (items.length === 0)
    return (
      <Text fz="sm" c="dimmed">
        {t('property.none')}
      </Text>
    );
  const all = observed_events ?? feature.events;
  return (
    <>
      <ul className={classes.properties}>
        {items.map((property) => (
          <Property
            key={property.name}
            property={property}
            share={all > 0 ? Math.min(1, property.events / all) : null}
          />
        ))}
      </ul>
      {is_estimated && (
        <Text fz="xs" c="dimmed" mt={6}>
          {t('property.estimated')}
        </Text>
      )}
      {more > 0 && (
        <Text fz="xs" c="dimmed" mt={6}>
          {t('property.more', { count: more, formatted: format.number(more) })}
        </Text>
      )}
    </>
  );
}

function Property({ property, share }: { property: FeatureProperty; share: number | null }) {
  const { t } = useTranslation('catalogue');
  const format = useFormat();
  const type = knownTypes.find((each) => each === property.type);
  const seen = t('property.seen', { first: format.instant(property.first_at), last: format.instant(property.last_at) });
  return (
    <li>
      <div className={classes.propertyHead}>
        <Tooltip label={seen}>
          <code tabIndex={0}>{property.name}</code>
        </Tooltip>
        <small>{type ? t(`property.type.${type}`) : property.type}</small>
        <span className={classes.share}>
          {share !== null && (
            <span className={classes.shareBar} aria-hidden>
              <span style={{ width: `${share * 100}%` }} />
            </span>
          )}
          <span title={t('property.count', { formatted: format.number(property.events) })}>
            {format.percent(share, 0)}
          </span>
        </span>
      </div>
      {property.examples.length > 0 && (
        <div className={classes.examples}>
          {property.examples.map((example) => (
            <code key={textOf(example)}>{textOf(example)}</code>
          ))}
        </div>
      )}
    </li>
  );
}
