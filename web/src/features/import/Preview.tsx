import { useTranslation } from 'react-i18next';
import classes from './Import.module.css';
import type { Import } from './imports';

const numeric = new Set(['integer', 'decimal', 'money']);

/** The first rows as they were read. */
export function Preview({ record }: { record: Import }) {
  const { t } = useTranslation('import');
  return (
    <div className={classes.preview} tabIndex={0} role="region" aria-label={t('read.preview')}>
      <table>
        <thead>
          <tr>
            {record.columns.map(({ index, heading }) => (
              <th key={index} scope="col" title={heading}>
                {heading}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {record.preview.slice(0, 20).map((row, line) => (
            <tr key={line}>
              {record.columns.map(({ index, detected_type }) => (
                <td key={index} title={row[index]} data-number={numeric.has(detected_type) || undefined}>
                  {row[index]}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
