export default import.meta.glob<Record<string, unknown>>(['/src/**/locale/en.json', '!/src/portal/**'], {
  eager: true,
  import: 'default',
});
