import { useLanguage } from '../../lib/viewer';
import type { Branding } from '../requests';
import { Go } from '../router';
import classes from './Shell.module.css';

/** The vendor's picture and name, which lead home. */
export function Brand({ branding }: { branding: Branding }) {
  const language = useLanguage();
  return (
    <Go to="/portal" className={classes.brand}>
      {branding.logo && <img src={branding.logo} alt="" />}
      <span>{branding.name[language]}</span>
    </Go>
  );
}
