import { Controller, Get, Header, Headers } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { CountryRules, ruleIds } from '@medflow/rules';
import { Choice, localeOf, May, Nested, NestedList, Text, Whole } from '@medflow/service-kit';
import { access } from '../access.js';

const MOST_MINOR_UNITS = 1_000_000_000;

class SourceView {
  @Text({ max: 300, description: 'As it is cited, in the language of the text' }) title!: string;
  @Text({ max: 10, optional: true, description: 'Day of the text, YYYY-MM-DD' }) date?: string;
}

class RuleView {
  @Choice(ruleIds) id!: string;
  @Text({ max: 600, description: 'In the language asked for' }) sentence!: string;
  @Nested(() => SourceView) source!: SourceView;
}

class FeeRangeView {
  @Text({ max: 40 }) specialization!: string;
  @Text({ max: 3 }) currency!: string;
  @Whole({ min: 0, max: MOST_MINOR_UNITS, description: 'Minor units, included' }) from!: number;
  @Whole({ min: 0, max: MOST_MINOR_UNITS, description: 'Minor units, included' }) to!: number;
}

export class RulesView {
  @Text({ max: 2, nullable: true, description: 'ISO 3166-1 alpha-2; null: no country was chosen' })
  country!: string | null;
  @NestedList(() => RuleView, { max: 50 }) rules!: RuleView[];
  @NestedList(() => FeeRangeView, { max: 200 }) feeRanges!: FeeRangeView[];
}

/** What the country asks of this installation, for whoever works with it or is refused something by it. */
@ApiTags('rules')
@Controller('rules')
export class RulesController {
  constructor(private readonly applied: CountryRules) {}

  @Get()
  @May(access, 'read', 'rules')
  @Header('cache-control', 'no-cache')
  @Header('vary', 'accept-language')
  @ApiOkResponse({ type: RulesView })
  read(@Headers('accept-language') languages: string | undefined): RulesView {
    const locale = localeOf(languages);
    const { country = null, rules, feeRanges } = this.applied;
    return {
      country,
      rules: rules.map(({ id, sentence, source }) => ({ id, sentence: sentence[locale], source })),
      feeRanges: [...feeRanges],
    };
  }
}
