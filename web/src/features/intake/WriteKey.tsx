import { Code, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { CopyText } from '../../components/CodeBlock';
import classes from './Intake.module.css';

/** A key that was just made, shown this once. */
export function WriteKey({ writeKey }: { writeKey: string }) {
  const { t } = useTranslation('intake');
  return (
    <div className={classes.note}>
      <Text fz="sm" mb={8}>
        {t('source.keyShownOnce')}
      </Text>
      <div className={classes.keyLine}>
        <Code data-testid="write-key">{writeKey}</Code>
        <CopyText text={writeKey} />
      </div>
    </div>
  );
}
