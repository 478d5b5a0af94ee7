import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { EventType, Feature } from '../../api/features';
import classes from './Catalogue.module.css';
import { useCatalogueDeeds } from './catalogue';

/** The event names of a feature; those that were grouped can be taken out again. */
export function TypeList({ feature, mayChange }: { feature: Feature; mayChange: boolean }) {
  const { t } = useTranslation('catalogue');
  const { apply } = useCatalogueDeeds();
  const separate = (type: EventType) =>
    apply(
      [{ id: feature.id, change: { separated_types: [type] } }],
      [{ id: feature.id, change: { types: [type] } }],
      t('separate.done', { name: type.name || type.kind }),
    );
  return (
    <ul className={classes.list}>
      {feature.types.map((type) => (
        <li key={type.kind + type.name}>
          <span>
            <code>{type.name || '–'}</code> <small>{type.kind}</small>
          </span>
          {mayChange && feature.types.length > 1 && (
            <Button size="compact-xs" variant="default" onClick={() => separate(type)}>
              {t('separate.label')}
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
}
