"""The words that the evidence may use: every closed list of values, with what each value means."""

from enum import StrEnum


class Qualifier(StrEnum):
    """How a published figure is meant; it travels with the figure through arithmetic."""

    EXACT = "exact"
    AT_LEAST = "at_least"
    MORE_THAN = "more_than"
    UP_TO = "up_to"
    ABOUT = "about"
    ESTIMATE = "estimate"
    PROJECTION = "projection"


class KnownBasis(StrEnum):
    """How the day is established on which the public could first read a row."""

    PUBLISHED = "published"
    REPORTED_NEXT_DAY = "reported_next_day"
    EDITION = "edition"
    INFERRED = "inferred"
    RECONSTRUCTED = "reconstructed"


class Context(StrEnum):
    """What a series belongs to if it is no indicator's own: what others are related to or compared with."""

    FORCE_SIZE = "force_size"
    TERRITORY = "territory"
    UKRAINIAN_SIDE = "ukrainian_side"


class Kind(StrEnum):
    """What a series' value is, and so which arithmetic is allowed on it."""

    FLOW = "flow"
    RATE = "rate"
    STOCK = "stock"
    CUMULATIVE = "cumulative"
    NET = "net"
    SHARE = "share"
    RATIO = "ratio"
    PRICE = "price"
    INDEX = "index"


class Per(StrEnum):
    """The unit of time in which a rate is stated."""

    DAY = "day"
    COURT_DAY = "court_day"
    WEEK = "week"
    MONTH = "month"


class Stage(StrEnum):
    """The point in a soldier's, a case's or a figure's course at which something is counted."""

    ABSENT = "absent"
    CASE = "case"
    SENTENCE = "sentence"
    PERSON = "person"
    POLL = "poll"
    PRICE = "price"
    LOSS = "loss"
    DEATH = "death"
    EVENT = "event"
    STRIKE = "strike"
    FORCE = "force"
    TERRITORY = "territory"
    MEDIA = "media"
    COMPLAINT = "complaint"
    SURRENDER = "surrender"
    TRAINING = "training"


class Stance(StrEnum):
    """Where an organisation stands towards the war it reports on."""

    BELLIGERENT = "belligerent"
    THIRD_PARTY_GOVERNMENT = "third_party_government"
    INDEPENDENT_COUNT = "independent_count"
    MEDIA = "media"
    RESEARCH = "research"


class EventCategory(StrEnum):
    """What sort of thing happened, in the order in which the timeline shows them."""

    MUTINY = "mutiny"
    LEADERSHIP = "leadership"
    MOSCOW_DRONE = "moscow_drone"
    REAR_STRIKE = "rear_strike"
    MILBLOGGER = "milblogger"
    PROSECUTION = "prosecution"
    LAW = "law"
    MOBILISATION = "mobilisation"
    OTHER = "other"


class Theme(StrEnum):
    """What an assessment of military bloggers says they write about."""

    COMMAND = "command"
    LOSSES = "losses"
    CENSORSHIP = "censorship"
    REAR_STRIKES = "rear_strikes"
    RETALIATION = "retaliation"
    CAPITAL_STRIKES = "capital_strikes"
    BORDER_DEFENCE = "border_defence"
    SUPPLY = "supply"
    PRISONER_SWAP = "prisoner_swap"
    NARRATIVE = "narrative"
    MOBILISATION = "mobilisation"


class ClaimKind(StrEnum):
    """What sort of statement a claim is; a proposition is what others assert, suspect or deny."""

    FIGURE = "figure"
    PROJECTION = "projection"
    ASSESSMENT = "assessment"
    CONDITIONAL = "conditional"
    REPORTED_FACT = "reported_fact"
    SUSPICION = "suspicion"
    DENIAL = "denial"
    CALL = "call"
    PROPOSITION = "proposition"


class Relation(StrEnum):
    """What one claim does to another; none of them changes a number."""

    ASSERTS = "asserts"
    DENIES = "denies"
    SUSPECTS = "suspects"
    CONFIRMS = "confirms"
    REPEATS = "repeats"
    CORRECTS = "corrects"


class LikelihoodScale(StrEnum):
    """The yardstick by which a source's likelihood word is read; the two are never mixed."""

    ICD_203 = "icd203"
    PHIA = "phia"


class Page(StrEnum):
    """The pages of the dashboard that a claim may lead to."""

    OVERVIEW = "overview"
    INDICATOR = "indicator"
    PROJECTION = "projection"
    TRACK_RECORD = "track_record"
    CASCADE = "cascade"
    TIMELINE = "timeline"
    BOTH_SIDES = "both_sides"
    CLAIMS = "claims"
    SOURCES = "sources"
    METHOD = "method"


class Assumption(StrEnum):
    """What the models ask for; each has its row with default, range and reason."""

    WEEKLY = "weekly"
    WEEKS = "weeks"
    GROWTH_MONTHLY = "growth_monthly"
    GROWTH_SD = "growth_sd"
    DRIFT = "drift"
    SHARE_LOW = "share_low"
    SHARE_MODE = "share_mode"
    SHARE_HIGH = "share_high"
    OBSERVED_WEEKS = "observed_weeks"
    WORKING_DAYS = "working_days"
    RECORDING = "recording"
    DISPERSION = "dispersion"
    SUSPENDED_SHARE = "suspended_share"
    FORCE_SIZE = "force_size"
    CASCADE_UNITS = "cascade_units"
    CASCADE_INITIAL = "cascade_initial"
    CASCADE_R = "cascade_r"
    CASCADE_REAR_STRIKES = "cascade_rear_strikes"
    CASCADE_COHESION = "cascade_cohesion"
    CASCADE_HAZARD = "cascade_hazard"
    CASCADE_RECOVERY = "cascade_recovery"
    CASCADE_TICKS = "cascade_ticks"
    CASCADE_NEIGHBOURS = "cascade_neighbours"
    CASCADE_TOLERANCE_MEAN = "cascade_tolerance_mean"
    CASCADE_TOLERANCE_SPREAD = "cascade_tolerance_spread"
    CASCADE_INFLUENCE_VARIANCE = "cascade_influence_variance"


class AssumptionUnit(StrEnum):
    """Units of the models' inputs."""

    DAYS = "days"
    FACTOR = "factor"
    PERSONS = "persons"
    PERSONS_SENTENCED_PER_WEEK = "persons sentenced per week"
    PRESSURE_PER_WEEK = "pressure per week"
    PROBABILITY = "probability"
    SHARE = "share"
    SHARE_PER_MONTH = "share per month"
    SIZE_OF_THE_NEGATIVE_BINOMIAL = "size of the negative binomial"
    UNITS = "units"
    VARIANCE = "variance"
    WEEKS = "weeks"


class GapKind(StrEnum):
    """Why a series has no figure for a stretch of time."""

    UNKNOWN = "unknown"
    NOT_YET = "not_yet"
    WITHHELD = "withheld"
    NOT_APPLICABLE = "not_applicable"


class Status(StrEnum):
    """Whether a derived value may be read as it stands."""

    OK = "ok"
    NOT_INFORMATIVE = "not_informative"
    MIXED_VINTAGES = "mixed_vintages"
    INCOMPLETE = "incomplete"
    REVISED = "revised"
